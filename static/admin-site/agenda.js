// While an agenda item is searched for, offer those of the chosen meeting only.

const meeting = document.getElementById("id_meeting");
const item = document.getElementById("id_agenda_item");

if (meeting && item && window.django?.jQuery) {
  const $ = window.django.jQuery;
  $.ajaxPrefilter((options) => {
    const isAgenda = /[?&]field_name=agenda_item(&|$)/.test(`${options.url}&${options.data ?? ""}`);
    if (isAgenda && meeting.value) {
      const separator = options.url.includes("?") ? "&" : "?";
      options.url += `${separator}meeting=${encodeURIComponent(meeting.value)}`;
    }
  });
  // Django fires "change" on every select when the page opens; only a new value counts.
  let before = meeting.value;
  $(meeting).on("change", () => {
    if (meeting.value === before) return;
    before = meeting.value;
    $(item).val(null).trigger("change");
  });
}
