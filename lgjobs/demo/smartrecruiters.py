"""A SmartRecruiters company: its API's pages of rows, the answer for each posting, its pages.

Keys and formats as captured answers of 2026 have them. The API keeps to a hundred rows at most and
states the limit that it kept to; an unknown company is an empty list like any idle one, and only
the careers page leads away from it; a posting that has gone is not found. Pay, hours and dates are
the tenant's own fields. Rows hold no text and no address of a page for people.
"""

from __future__ import annotations

import re

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, is_remote, page, spoken_closing
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

_API = re.compile(r"/v1/companies/([^/]+)/postings(?:/([^/]+))?")
USUAL = LARGEST = 100


class SmartRecruitersSite(Tenant):
    """One company. Settings of its site: `company`, and `limit`, the page size asked for."""

    @property
    def _company(self) -> str:
        return self.site.settings["company"]

    def start_path(self) -> str:
        return f"/v1/companies/{self._company}/postings?limit={self.site.settings['limit']}"

    def respond(self, request: Request) -> Reply:
        path = request.path.rstrip("/")
        if path == "/robots.txt":
            return robots()
        if found := _API.fullmatch(path):
            known = self._live if found[1] == self._company else {}
            if found[2] is None:
                return self._list(request, list(known.values()))
            if found[2] not in known:
                return answer({"message": "Posting not found", "errors": []}, status=404)
            return answer(self._posting(known[found[2]], request.base, full=True))
        if path == f"/{self._company}":
            return page(f"Careers at {self.site.name}", "<p>Open jobs are shown by a script.</p>")
        advert = self._live.get(path.rpartition("/")[2].partition("-")[0])
        if advert and path.startswith(f"/{self._company}/"):
            return page(advert.title, advert.description)
        if path.count("/") == 1:
            return Reply(b"", status=302, headers=(("Location", "/"),))
        return not_found()

    def _list(self, request: Request, adverts: list[DemoAdvert]) -> Reply:
        asked, start = (request.query.get(name, "") for name in ("LIMIT", "OFFSET"))
        size = min(int(asked), LARGEST) if asked.isdecimal() and int(asked) else USUAL
        offset = int(start) if start.isdecimal() else 0
        shown = adverts[offset : offset + size]
        return answer(
            {
                "offset": offset,
                "limit": size,
                "totalFound": len(adverts),
                "content": [self._posting(each, request.base, full=False) for each in shown],
            }
        )

    def _posting(self, advert: DemoAdvert, base: str, full: bool) -> dict[str, object]:
        street, _, town = (advert.location or "").rpartition(", ")
        own = {
            "Salary": advert.salary,
            "Hours per week": advert.hours,
            "Contract type": advert.contract,
            "Closing date": spoken_closing(advert),
        }
        posting: dict[str, object] = {
            "id": advert.id,
            "uuid": f"f518ce36-931d-43fa-a17d-{int(advert.id) % 10**12:012d}",
            "name": advert.title,
            "refNumber": advert.reference,
            "company": {"identifier": self._company, "name": self.site.name},
            "releasedDate": f"{advert.posted}T09:49:51.367Z",
            "location": {
                "city": town,
                "region": "",
                "country": "gb",
                "address": street,
                "postalCode": advert.postcode or "",
                "remote": is_remote(advert),
                "hybrid": False,
                "fullLocation": f"{town}, United Kingdom",
            },
            "department": {"id": "18554", "label": advert.department or ""},
            "function": {"id": "other", "label": advert.category},
            "typeOfEmployment": {"id": "permanent", "label": advert.pattern},
            "experienceLevel": {"id": "not_applicable", "label": "Not Applicable"},
            "customField": [
                {"fieldId": f"60345f{number}", "fieldLabel": label, "valueLabel": value}
                for number, (label, value) in enumerate(own.items())
                if value
            ],
            "ref": f"{base}/v1/companies/{self._company}/postings/{advert.id}",
        }
        return posting | (self._more(advert, base) if full else {})

    def _more(self, advert: DemoAdvert, base: str) -> dict[str, object]:
        public = f"{base}/{self._company}/{advert.id}"
        return {
            "postingUrl": public,
            "applyUrl": f"{public}?oga=true",
            "active": True,
            "jobAd": {
                "sections": {
                    "companyDescription": {"title": "Company Description", "text": ""},
                    "jobDescription": {"title": "Job Description", "text": advert.description},
                    "additionalInformation": {"title": "Additional Information", "text": ""},
                }
            },
        }


SITE = SmartRecruitersSite
PRINTS = MOST_PRINT | {"category", "contract", "hours", "pattern", "posted", "reference"}
