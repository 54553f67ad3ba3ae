"""What the demonstration's children say of belonging: at the start, at a review and at the end."""

EVERY = 3  # One route of three is asked; the others show a record without it.
OCCASIONS = ("BASELINE", "REVIEW", "EXIT")
Said = tuple[str, str, str]  # In that order.

YOUNG: tuple[Said, ...] = (
    ("My peg is next to nobody.", "I have a partner for the line.", "We all know my name."),
    ("I am the one that is out.", "I was in for tag on Monday.", "I am in the game."),
    ("They have a club and I am not in it.", "I started a club. Two came.", "Our club has six."),
    ("I sit at the edge of the room.", "Somebody shuffled up.", "I have a place in the middle."),
    ("I eat my lunch fast.", "I sit by Miss at lunch.", "I save a chair for somebody."),
    ("My picture was not on the wall.", "They put up my boat.", "They asked me to draw the sign."),
    ("I like the tree best.", "I showed somebody my tree.", "It is our tree."),
    ("Nobody laughs at my jokes.", "One person laughed.", "I told one in assembly."),
    ("I go where Sir goes.", "I go where the others go, for a bit.", "I only look for Sir once."),
    ("I don’t know the rules of it.", "I asked, and they told me.", "I teach the rules."),
    ("It is their school.", "A bit of it is mine: the pond.", "It is our school."),
    ("I stand by the wall.", "I stood by the climbing frame.", "I was on the climbing frame."),
)
OLDER: tuple[Said, ...] = (
    ("I do not know where to stand at break.", "It is better when I have a job.",
     "They keep me a place."),
    ("I know the building. I don’t know the people.", "I know four people well enough to nod.",
     "I would be missed at four o’clock club."),
    ("I am on the list for nothing.", "I’m on the list for lights.", "They put me in charge of lights."),
    ("They talk over me.", "I got to the end of a sentence.", "I got asked what I think."),
    ("It’s a place I get sent to.", "There is one room I go to by choice.",
     "I stayed after the bell, for once."),
    ("My year has its groups and they are full.", "One of them has a bit of room.",
     "I’m in a group chat. It’s mostly about dogs."),
    ("Teachers know my name for the wrong reason.", "Two know it for something else.",
     "I was named in the newsletter."),
    ("I could be anybody.", "The canteen knows my order.", "People wait for me at the gate."),
    ("I only go to the library.", "Now three of us go to the library.", "We run the library, more or less."),
    ("I don’t see anyone like me.", "There is one, in the year above.", "We set up a lunch table."),
    ("If I left they would have one more chair.", "They moved the chair nearer.", "It is my chair."),
    ("I keep my coat on.", "I hung it up twice.", "The coat is in the locker."),
    ("I get picked when it’s an even number.", "I got picked third.", "I got to pick."),
    ("I’m not rude, I’m just not in it.", "I’m in some of it.", "I’m in it."),
)  # fmt: skip


def is_asked(number: int) -> bool:
    return number % EVERY == 0
