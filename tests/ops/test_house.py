"""The house rules see what they are there to see, and nothing else."""

from alongside.ops import house


def faults(name: str, text: str) -> list[str]:
    return list(house.faults_of(name, text))


def test_a_long_module_is_told_to_split_but_a_migration_is_not():
    long = "x = 1\n" * 400

    assert "split it by noun" in faults("alongside/cases/queries.py", long)[0]
    assert faults("alongside/cases/migrations/0001.py", long) == []


def test_a_view_that_reaches_into_the_database_is_found():
    assert faults("alongside/web/cases/views.py", "Case.objects.all()\n")
    assert faults("alongside/web/cases/views.py", "case.save()\n")
    assert faults("alongside/cases/queries.py", "Case.objects.all()\n") == []


def test_inline_style_and_script_are_found_and_files_of_script_are_not():
    assert faults("x.html", '<p style="color: red">')
    assert faults("x.html", '<a onclick="go()">')
    assert faults("x.html", "<script>go()</script>")
    assert faults("x.html", '<script src="/static/x.js" defer></script>') == []
    assert faults("x.html", '<script type="application/json">{"a": 1}</script>') == []


def test_an_include_says_only():
    assert faults("x.html", '{% include "y.html" with a=b %}')
    assert faults("x.html", '{% include "y.html" with a=b only %}') == []


def test_a_path_of_one_machine_is_found():
    assert faults("docs/x.md", "see /" + "home/robin/notes")
    assert faults("docs/x.md", "see https://example.gov.uk/" + "work/here") == []


def test_a_sleeping_test_is_found():
    assert faults("tests/x/test_y.py", "time." + "sleep(1)")


def test_a_page_that_reads_a_number_by_its_digits_is_found():
    assert faults("alongside/web/cases/views.py", "int(x) if x.isdigit() else 0\n")
    assert faults("alongside/people/queries/around.py", "x.isdigit()\n") == []
