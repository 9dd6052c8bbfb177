"""Filling the rows of one speech from what its source says."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from iomsite.languages import DEFAULT_LANGUAGE
from iomsite.markup import strip_controls
from speeches.models import Contribution, Source, Speech, SpeechText

from .parsed import ParsedContribution, ParsedSpeech, ParsedText
from .resolve import Directory


class Filler:
    """Writes one speech, and notes what its source left open."""

    def __init__(self, item: ParsedSpeech, directory: Directory, *, publish: bool) -> None:
        self.item = item
        self.directory = directory
        self.publish = publish
        self.goes_out = False
        """Whether the speech may be public as it is, and was asked to be."""
        self.remarks: list[str] = list(item.warnings)
        self.unknown: list[tuple[str, str]] = []

    def fill(self, speech: Speech) -> None:
        """Write a new speech, or one imported before and not edited since."""
        texts = self._texts()
        self._decide_to_publish()
        self._fill_facts(speech, texts[0].language)
        speech.clean()
        # Each text checks its own language, and names the field better.
        speech.clean_fields(exclude=["meeting", "agenda_item", "original_language"])
        organizations = self._about("organizations")
        initiatives = self._about("initiatives")
        contributions = self._contributions(speech)
        is_new = speech.pk is None
        if not is_new:
            self._note_texts_left(speech, texts)
            speech.contributions.all().delete()
        speech.staff_note = "\n".join(self.remarks)
        speech.save()
        Contribution.objects.bulk_create(contributions)
        rows = [self._write_text(speech, text, is_new=is_new) for text in texts]
        if organizations or not is_new:
            speech.organizations.set(organizations)
        if initiatives or not is_new:
            speech.initiatives.set(initiatives)
        # Written last: a row saved later than its source was edited by somebody.
        for row in rows:
            self._write_source(row, is_new=is_new)

    def _texts(self) -> list[ParsedText]:
        """Return the texts, the original first, each in a language of its own."""
        texts = sorted(self.item.texts, key=lambda text: text.kind != SpeechText.Kind.ORIGINAL)
        if not texts:
            raise ValidationError({"texts": _("There is no text. Give the words of the speech.")})
        languages = [text.language or DEFAULT_LANGUAGE for text in texts]
        originals = [text for text in texts if text.kind == SpeechText.Kind.ORIGINAL]
        if len(set(languages)) < len(languages):
            raise ValidationError(
                {"texts": _("Two texts are in one language. Give each text its own language.")}
            )
        if len(originals) > 1:
            raise ValidationError(
                {"texts": _("Two texts are called original. Mark all but one as translations.")}
            )
        if not texts[0].language:
            self.remarks.append(_("The language is not known; it is set to English."))
        return texts

    def _decide_to_publish(self) -> None:
        """Publish on demand what may be public; anything else stays a draft."""
        if not self.publish:
            return
        today = timezone.localdate()
        if self.item.delivered_on is None:
            self.remarks.append(_("It stays a draft: the date of delivery is not known."))
        elif self.item.delivered_on > today:
            self.remarks.append(_("It stays a draft: it is not delivered yet."))
        elif any(not text.title.strip() for text in self.item.texts):
            self.remarks.append(_("It stays a draft: it has no title."))
        else:
            self.goes_out = True

    def _fill_facts(self, speech: Speech, language: str) -> None:
        item = self.item
        speech.slug = item.slug or speech.slug
        speech.reference = item.reference or speech.reference
        speech.delivered_on = item.delivered_on
        speech.delivered_precision = item.delivered_precision
        speech.delivered_time_zone = item.delivered_time_zone
        speech.place = strip_controls(item.place)
        speech.country = item.country
        if item.delivery_status:
            speech.delivery_status = item.delivery_status
        speech.original_language = language or DEFAULT_LANGUAGE
        speech.meeting_id = self._meeting(published=self.goes_out)
        speech.agenda_item_id = self._agenda_item(speech.meeting_id)

    def _meeting(self, *, published: bool) -> int | None:
        item = self.item
        if item.meeting:
            found = self.directory.meetings.find(item.meeting)
            return self._known("meeting", item.meeting, found)
        if not item.meeting_series:
            return None
        found = self.directory.edition(item.meeting_series, item.meeting_ordinal, publish=published)
        words = f"{item.meeting_series} {item.meeting_ordinal or ''}".strip()
        return self._known("meeting", words, found)

    def _agenda_item(self, meeting: int | None) -> int | None:
        words = self.item.agenda_item
        if not words:
            return None
        found = self.directory.agenda_item(meeting, words) if meeting else None
        return self._known("agenda_item", words, found)

    def _about(self, field: str) -> list[int]:
        entries = getattr(self.directory, field)
        named = getattr(self.item, field)
        found = [self._known(field, words, entries.find(words)) for words in named]
        return [pk for pk in dict.fromkeys(found) if pk]

    def _known(self, field: str, words: str, found: int | None) -> int | None:
        """Pass on what the directory knows; keep in a remark what no column could hold."""
        if found is None:
            self.unknown.append((field, words))
            self.remarks.append(
                _("%(field)s: “%(words)s” is not in the directory.")
                % {"field": field, "words": words}
            )
        return found

    def _contributions(self, speech: Speech) -> list[Contribution]:
        rows = []
        for position, part in enumerate(self.item.contributions):
            row = self._contribution(speech, part)
            row.position = position
            try:
                row.clean_fields(exclude=["speech", "person", "office", "on_behalf_of"])
            except ValidationError as error:
                raise ValidationError(
                    {
                        f"contributions[{position}].{field}": messages
                        for field, messages in error.message_dict.items()
                    }
                ) from error
            rows.append(row)
        return rows

    def _contribution(self, speech: Speech, part: ParsedContribution) -> Contribution:
        person = self.directory.person(part.person, part.name)
        if person is None and (words := part.name or part.person):
            self.unknown.append(("speaker", words))
        office = None
        if person:
            office = self.directory.office(
                person, part.office, self.item.delivered_on, self.item.delivered_precision
            )
        behalf = None
        if words := part.on_behalf_of_organization:
            found = self.directory.organizations.find(words)
            behalf = self._known("on_behalf_of_organization", words, found)
        return Contribution(
            speech=speech,
            role=part.role,
            person_id=person,
            # A slug that leads nowhere is kept as the only word for who spoke.
            name=strip_controls(part.name or ("" if person else part.person)),
            office_id=office,
            office_name=strip_controls(part.office),
            on_behalf_of_id=behalf,
            # A body of States speaks for itself, and the database holds one of the two.
            on_behalf_of_country="" if behalf else part.on_behalf_of_country,
        )

    def _write_text(self, speech: Speech, parsed: ParsedText, *, is_new: bool) -> SpeechText:
        language = parsed.language or DEFAULT_LANGUAGE
        row = None if is_new else speech.texts.filter(language=language).first()
        row = row or SpeechText(speech=speech, language=language)
        row.kind = parsed.kind
        row.title = parsed.title.strip() or _("Untitled speech")
        row.summary = parsed.summary
        row.body = parsed.html
        row.clean()
        row.clean_fields(exclude=["speech", "body"])
        row.save()
        if not row.word_count:
            raise ValidationError({"text": _("The text is empty. Give the words of the speech.")})
        return row

    def _note_texts_left(self, speech: Speech, texts: list[ParsedText]) -> None:
        """Name the texts that the source no longer has; they stay."""
        now = [text.language or DEFAULT_LANGUAGE for text in texts]
        for language in speech.texts.exclude(language__in=now).values_list("language", flat=True):
            self.remarks.append(
                _("The source no longer has the text in “%(language)s”; ours stays.")
                % {"language": language}
            )

    def _write_source(self, row: SpeechText, *, is_new: bool) -> None:
        parsed = self.item.source
        source = None if is_new else row.sources.filter(uri=parsed.uri).first()
        source = source or Source(speech_text=row, uri=parsed.uri)
        source.format = parsed.format
        source.checksum = parsed.checksum
        source.fetched_at = parsed.fetched_at
        source.imported_at = timezone.now()
        source.clean_fields(exclude=["speech_text"])
        source.save()
