"""The site's own sections: a tree of pages that staff order, and that makes the menu."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iomsite.addresses.ledger import refuse_taken_address
from iomsite.fields import LanguageField
from iomsite.images import ImageField
from iomsite.languages import DEFAULT_LANGUAGE, current_language, nearest_text
from iomsite.markup import SanitizedHTMLField
from iomsite.pages.querysets import PageQuerySet
from iomsite.pages.site_notices import SiteNotice, SiteNoticeText
from iomsite.publishing.models import Publishable

__all__ = ["Page", "PageText", "SiteNotice", "SiteNoticeText"]

DEEPEST = 3


class Page(Publishable):
    """A section of the site, such as Who we are. Its words stand in `PageText`, by language."""

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    slug = models.SlugField(
        _("address"), max_length=80, help_text=_("The page's own part of its address.")
    )
    path = models.CharField(max_length=255, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(
        _("place in the menu"), default=0, help_text=_("Lowest number first.")
    )
    in_menu = models.BooleanField(_("shown in the menu"), default=True)
    image = ImageField(_("picture"), blank=True)
    image_alternative = models.CharField(
        _("alternative text of the picture"), max_length=200, blank=True
    )

    objects = PageQuerySet.as_manager()

    versioned_parts = ("texts",)
    computed_fields = frozenset({"path"})

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(condition=~Q(parent=F("id")), name="page_not_own_parent"),
            models.CheckConstraint(
                condition=Q(image="") | ~Q(image_alternative=""),
                name="page_image_described",
                violation_error_message=_("Describe the picture in its alternative text."),
            ),
        ]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        super().clean()
        above, depth = self.parent, 1
        while above is not None:
            depth += 1
            if above.pk == self.pk or depth > DEEPEST:
                raise ValidationError(
                    {"parent": _("A page cannot be inside itself or deeper than three levels.")}
                )
            above = above.parent
        if Page.objects.filter(path=self.make_path()).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("Another page has this address. Choose another.")})
        self.path = self.make_path()
        refuse_taken_address(self)

    def make_path(self) -> str:
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Save with the path that follows from the tree, and renew the paths below.

        Raises ValidationError when the page would stand inside itself: of two working copies,
        each may be right alone.
        """
        if self.pk and self.parent_id and self._is_inside_itself():
            raise ValidationError({"parent": _("A page cannot be inside itself.")})
        self.path = self.make_path()
        super().save(*args, **kwargs)
        for child in self.children.all():
            if child.path != child.make_path():
                child.save()

    def _is_inside_itself(self) -> bool:
        seen, above = {self.pk}, self.parent_id
        while above is not None and above not in seen:
            seen.add(above)
            above = Page.objects.filter(pk=above).values_list("parent", flat=True).first()
        return above is not None

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.path])

    def text_in(self, language: str = "") -> "PageText | None":
        """Return the words in a language, by default the page's, else the nearest there are."""
        wanted = language or current_language()
        found: PageText | None = nearest_text(self.texts.all(), wanted, DEFAULT_LANGUAGE)
        return found

    @property
    def text(self) -> "PageText | None":
        return self.text_in()


class PageText(models.Model):
    """The words of a page in one language."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="texts")
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)
    title = models.CharField(_("title"), max_length=120)
    introduction = models.CharField(
        _("introduction"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences, shown in the menu and on top of the page."),
    )
    body = SanitizedHTMLField(_("body"), blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                name="page_text_once",
                violation_error_message=_("The page has a text in this language already."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="page_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title
