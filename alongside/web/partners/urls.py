"""The directory of local services, and the protocols that partners agree to work by."""

from django.urls import path

from alongside.web.partners import listings, protocols

ONE = "protocols/<int:protocol_id>/"

urlpatterns = [
    path("directory/", listings.directory, name="directory"),
    path("directory/new/", listings.new, name="listing-new"),
    path("directory/<int:listing_id>/", listings.change, name="listing-change"),
    path("directory/<int:listing_id>/end/", listings.end, name="listing-end"),
    path("protocols/", protocols.protocols, name="protocols"),
    path("protocols/new/", protocols.new, name="protocol-new"),
    path(ONE, protocols.protocol, name="protocol"),
    path(f"{ONE}change/", protocols.change, name="protocol-change"),
    path(f"{ONE}share/", protocols.share, name="protocol-share"),
    path(f"{ONE}answer/", protocols.answer, name="protocol-answer"),
    path(f"{ONE}agree/", protocols.agree, name="protocol-agree"),
    path(f"{ONE}renew/", protocols.renew, name="protocol-renew"),
]
