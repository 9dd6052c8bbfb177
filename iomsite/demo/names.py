"""The names in the sample speeches: looked for, and the sure ones confirmed."""

from django.contrib.auth.models import User

from speeches.mentions.deciding import confirm_above
from speeches.mentions.linking import link
from speeches.models import SpeechText

SURE = 0.9
"""What is less sure stays open, for whoever tries the desk of names."""


def confirm_names() -> int:
    """Link the sample texts that were never linked, confirm what is sure; return how many."""
    publisher = User.objects.filter(username="publisher").first()
    count = 0
    new = SpeechText.objects.filter(speech__is_sample=True, linking=None).select_related("speech")
    for text in new:
        link(text)
        count += confirm_above(text, SURE, publisher)
    return count
