"""Which speeches: the record's questions, said once."""

from collections import defaultdict
from typing import Any, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from iomsite.languages import current_language, nearest_text
from iomsite.publishing.models import (
    PublishedQuerySet,
    Version,
    is_published,
    kind_of,
    published_flag,
    published_relation,
)


class SpeechTextQuerySet(QuerySet):
    def with_source(self) -> Self:
        """Know the web address each text came from, as `source_uri`, in the same query."""
        source: Any = self.model._meta.get_field("sources").related_model
        web = source.objects.filter(speech_text=OuterRef("pk"), uri__startswith="http")
        return self.annotate(source_uri=Subquery(web.values("uri")[:1]))


class AttachmentQuerySet(QuerySet):
    def stored(self, checksum: str, name: str) -> Self:
        """Keep the rows, of any speech, that hold one content under one name."""
        return self._named(name).filter(checksum=checksum)

    def numbered(self, number: int, name: str) -> Self:
        """Keep the one row of a number, if it holds a file of this name."""
        return self._named(name).filter(pk=number).exclude(checksum="")

    def _named(self, name: str) -> Self:
        # PostgreSQL cannot even be asked for a name with NUL in it.
        return self.none() if "\x00" in name else self.filter(file_name=name).exclude(file="")

    def of_published(self) -> Self:
        """Keep those whose speech the public sees now."""
        return self.filter(is_published("speech__"))

    def of_any(self, speeches: QuerySet) -> Self:
        """Keep those of some speeches, which come along."""
        rows = self.filter(speech__in=speeches).select_related("speech")
        return rows.order_by("speech__status", "pk")


JOINED = ("person", "office", "on_behalf_of")
SHOWN = ("slug", "name", "name_language", "translated_names")


class SpeechQuerySet(PublishedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-delivered_on", "-pk")

    def given_by(self, person: Any) -> Self:
        """Keep speeches in which a person has any part."""
        return self.filter(Exists(self._parts().filter(person=person)))

    def given_for_country(self, code: str) -> Self:
        """Keep speeches given on behalf of a State."""
        return self.filter(Exists(self._parts().filter(on_behalf_of_country=code)))

    def in_series(self, series: Any) -> Self:
        """Keep speeches given at the published meetings of a series."""
        return self.filter(is_published("meeting__"), meeting__series=series)

    def concerning_organization(self, organization: Any) -> Self:
        """Keep speeches about an organization, on its behalf, or from one of its offices."""
        about = self.model.organizations.through.objects.filter(
            speech=OuterRef("pk"), organization=organization
        )
        given = self._parts().filter(
            Q(on_behalf_of=organization)
            | Q(office__organization=organization) & is_published("office__")
        )
        return self.filter(Exists(about) | Exists(given))

    def neighbours_of(self, speech: Any) -> dict[str, Any]:
        """Return the texts of the speeches before and after one in its meeting.

        Under `previous` and `next`, each in the language of the page if there is one.
        """
        if speech.public_meeting is None:
            return {}
        order = list(
            self.filter(meeting=speech.public_meeting)
            .in_agenda_order()
            .values_list("pk", flat=True)
        )
        if speech.pk not in order:
            return {}
        place = order.index(speech.pk)
        beside = {"previous": order[place - 1 : place], "next": order[place + 1 : place + 2]}
        wanted = [key for keys in beside.values() for key in keys]
        texts = self._texts().filter(speech__in=wanted).select_related("speech")
        titles: dict[int, list[Any]] = defaultdict(list)
        for text in texts.only("title", "language", "speech__slug", "speech__original_language"):
            titles[text.speech_id].append(text)
        return {
            name: nearest_text(
                titles[key], current_language(), titles[key][0].speech.original_language
            )
            for name, keys in beside.items()
            for key in keys
            if titles[key]
        }

    def in_agenda_order(self) -> Self:
        """Order the speeches of one meeting as they were given."""
        return self.order_by("agenda_item__position", "position", "delivered_on", "pk")

    def with_meeting(self) -> Self:
        """Join the meeting and series, each as `public_…`, or None when it is not public."""
        return self.annotate(
            public_meeting=published_relation("meeting"),
            public_series=published_relation("meeting__series"),
        ).select_related("public_meeting", "public_series", "agenda_item")

    def for_listing(self) -> Self:
        """Load all that a card shows, in a fixed number of queries."""
        return (
            self.annotate(public_meeting=published_relation("meeting"))
            .select_related("public_meeting")
            .prefetch_related(
                Prefetch("texts", self._texts().defer("body", "html", "contents")),
                self._contributions(),
            )
        )

    def with_titles(self) -> Self:
        """Load the texts without their words, for pages that name the speech."""
        texts = self._texts().defer("body", "html", "contents")
        return self.prefetch_related(Prefetch("texts", texts))

    def with_last_version(self) -> Self:
        """Know when the last version was made, and what it says of itself, in the same query."""
        versions = Version.objects.filter(kind=kind_of(self.model), item=OuterRef("pk"))
        last = versions.order_by("-number")
        return self.annotate(
            last_version_number=Subquery(last.values("number")[:1]),
            last_version_made_at=Subquery(last.values("made_at")[:1]),
            last_version_note=Subquery(last.values("change_note")[:1]),
        )

    def for_page(self) -> Self:
        """Load all that the page of one speech shows."""
        return (
            self.with_meeting()
            .with_last_version()
            .prefetch_related(
                Prefetch("texts", self._texts().with_source().defer("body")),
                self._contributions(),
            )
        )

    def _parts(self) -> Any:
        """Return the contributions to the speech of an outer query."""
        model: Any = self.model._meta.get_field("contributions").related_model
        return model.objects.filter(speech=OuterRef("pk"))

    def _texts(self) -> Any:
        model: Any = self.model._meta.get_field("texts").related_model
        return model.objects.order_by("language")

    def _contributions(self) -> Prefetch:
        """Fetch contributions with those people and organizations that are public."""
        model: Any = self.model._meta.get_field("contributions").related_model
        shown = [f"{join}__{field}" for join in JOINED for field in SHOWN]
        rows = (
            model.objects.select_related(*JOINED)
            .annotate(**{f"{join}_is_public": published_flag(join) for join in JOINED})
            .only(
                "speech", "position", "role", "name", "office_name", "on_behalf_of_country", *shown
            )
        )
        return Prefetch("contributions", rows.order_by("position", "pk"))
