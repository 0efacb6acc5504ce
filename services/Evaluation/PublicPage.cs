using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using BetterConnections.Evaluation.Account;

namespace BetterConnections.Evaluation;

/// <summary>
/// What all pages for everybody share. No script, no font and no picture from elsewhere: they open on any phone and print. English and Arabic,
/// narrow and wide, light and dark.
/// </summary>
internal sealed class PublicPage(HttpRequest request, bool isArabic, AccountSettings settings)
{
    public const string Root = "/api/evaluation/public";

    private static readonly (string Name, string En, string Ar)[] Pages =
    [
        ("scorecard", "Scorecard", "بطاقة الأداء"), ("results", "Survey results", "نتائج الاستبيانات"), ("sdg", "Development goals", "أهداف التنمية"),
        ("contributions", "Contributions", "المساهمات"), ("studies", "Studies by others", "دراسات أجراها آخرون"),
    ];

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b2733; --quiet: #4a5b6b; --paper: #fff; --soft: #f3f6f8; --line: #c9d3dd; --link: #0b4f6c; --accent: #8a1538; --range: #7fa3c0; --warn: #fdf3ec; --warned: #b3541e }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7edf2; --quiet: #a9b8c5; --paper: #12191f; --soft: #1b252e; --line: #3a4956; --link: #8cc8e8; --accent: #f09ab3; --range: #4d7896; --warn: #33241a; --warned: #e39a66 } }
        * { box-sizing: border-box }
        body { font: 1rem/1.6 system-ui, "Noto Sans Arabic", sans-serif; margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: break-word }
        header, main, footer { max-width: 72rem; margin-inline: auto; padding-inline: 1rem }
        header { padding-block: .75rem; border-block-end: 3px solid var(--accent); display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline }
        header b { font-size: 1.15rem } nav { flex: 1 1 auto } header > a { margin-inline-start: auto } nav ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: 0; padding: 0; list-style: none }
        nav a, header > a { display: inline-block; padding-block: .55rem } nav [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; box-shadow: inset 0 -3px var(--accent) }
        footer { margin-block: 3rem 2rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); color: var(--quiet); font-size: .9rem }
        .skip { position: absolute; inset-block-start: -4rem } .skip:focus { inset-block-start: 0; background: var(--paper); padding: .5rem }
        h1 { font-size: 1.7rem; line-height: 1.25 } h2 { font-size: 1.3rem; line-height: 1.3; margin-block: 2.2rem .5rem } h3 { font-size: 1.05rem; margin-block: 1.5rem .25rem }
        a { color: var(--link) } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px } small { color: var(--quiet) } code { font-size: .85em; overflow-wrap: anywhere }
        .notice { border-inline-start: .3rem solid var(--warned); background: var(--warn); padding: .5rem 1rem } .quiet { color: var(--quiet) } .number { white-space: nowrap; font-variant-numeric: tabular-nums }
        table { border-collapse: collapse; width: 100%; margin-block: .75rem } caption { text-align: start; color: var(--quiet); font-size: .9rem; padding-block: .25rem }
        th, td { text-align: start; vertical-align: top; padding: .5rem; border-block-end: 1px solid var(--line) } thead th { border-block-end: 2px solid var(--ink) } tbody th { font-weight: 600 } th small, td small { display: block; font-weight: 400 } td p { margin: 0 0 .4rem }
        summary { cursor: pointer; padding-block: .6rem; font-weight: 600 } progress { inline-size: 100%; max-inline-size: 10rem; block-size: .6rem; accent-color: var(--accent) }
        svg { display: block; inline-size: 14rem; max-inline-size: 100% } svg path { stroke: var(--line) } svg .range { stroke: var(--range); stroke-width: 3 } svg circle { fill: var(--link); stroke: var(--link) } svg .before { fill: var(--paper) }
        @media (max-width: 48rem) {
            nav { order: 3; flex-basis: 100% }
            table, tbody, tr, tbody th, td { display: block } thead { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden }
            caption { display: block } tr { border-block-end: 1px solid var(--line); padding-block: .5rem } tbody th, td { border: 0; padding: .2rem 0 }
            td { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); gap: .75rem } td::before { content: attr(data-label); color: var(--quiet); font-size: .9rem } td.long { display: block } td:has(> div:empty) { display: none }
        }
        @media print { :root { color-scheme: light } nav, .skip, header > a { display: none } tr { break-inside: avoid } }
        """;

    /// <summary>Nothing but what is in the page itself, and of that no script.</summary>
    public static readonly string ContentPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public bool IsArabic { get; } = isArabic;

    public string Language => IsArabic ? "ar" : "en";

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>In the page's language, safe in HTML.</summary>
    public string Say(string en, string ar) => Html(IsArabic ? ar : en);

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public string SimulatedNotice() => $"<p class=\"notice\"><b>{Say("Simulated. These answers were made up to show how the system works; they say nothing about the programme.",
        "محاكاة. هذه الإجابات مصطنعة لبيان عمل النظام ولا تدل على شيء عن البرنامج.")}</b></p>";

    /// <summary>Address of another page in the same language, safe in HTML.</summary>
    /// <param name="rest">After the language: <c>&amp;analysis=…</c>, <c>#…</c>.</param>
    public string To(string page, string rest = "") => Html($"{Root}/{page}?language={Language}{rest}");

    /// <param name="title">Safe in HTML, as <paramref name="body"/> is.</param>
    public string Of(string title, string body) => $$"""
        <!doctype html>
        <html lang="{{Language}}" dir="{{(IsArabic ? "rtl" : "ltr")}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{title}} – {{Html(settings.ProgrammeName)}}</title>
        <style>{{Style}}</style></head><body>
        <a class="skip" href="#main">{{Say("Skip to the content", "إلى المحتوى")}}</a>
        <header><b><bdi>{{Html(settings.ProgrammeName)}}</bdi></b><nav aria-label="{{Say("Pages", "الصفحات")}}"><ul>{{string.Concat(Pages.Select(Item))}}</ul></nav>
        <a lang="{{(IsArabic ? "en" : "ar")}}" href="{{This("language", IsArabic ? "en" : "ar")}}">{{(IsArabic ? "English" : "العربية")}}</a></header>
        <main id="main"><h1>{{title}}</h1>
        {{body}}
        </main>
        <footer><p>{{Say("The data of this page", "بيانات هذه الصفحة")}}: <a href="{{This("format", "csv")}}" download>CSV</a> · <a href="{{This("format", "json")}}" download>JSON</a>.
        {{Say("The whole programme", "البرنامج كله")}}: <a href="{{Root}}/iati.xml">IATI 2.03</a>.
        {{Say("Licence", "الترخيص")}}: <bdi>{{Html(settings.Licence)}}</bdi>. {{Say("This page sets no cookies and runs no scripts.", "لا تضع هذه الصفحة ملفات ارتباط ولا تشغّل برامج نصية.")}}</p></footer>
        </body></html>
        """;

    private string Item((string Name, string En, string Ar) page) =>
        $"<li><a href=\"{To(page.Name)}\"{(request.Path.Value!.EndsWith($"/{page.Name}", StringComparison.Ordinal) ? " aria-current=\"page\"" : "")}>{Say(page.En, page.Ar)}</a></li>";

    /// <summary>This page with one parameter of its address changed.</summary>
    private string This(string parameter, string value)
    {
        var others = request.Query.Where(q => q.Key is not ("format" or "language") && q.Key != parameter).Select(q => (q.Key, Value: q.Value.ToString()))
            .Concat(parameter == "language" ? [] : [("language", Language)]).Append((parameter, value));
        return Html("?" + string.Join('&', others.Select(q => $"{Uri.EscapeDataString(q.Item1)}={Uri.EscapeDataString(q.Item2)}")));
    }
}

/// <summary>A table whose rows become blocks on a narrow screen, each cell with its column's name before it.</summary>
/// <param name="caption">Safe in HTML, as all its texts are.</param>
internal sealed class PublicTable(string caption, params string[] columns)
{
    private const int LongText = 80; // beside its column's name it would be a ribbon of words
    private readonly StringBuilder _rows = new();

    // The roles say what a browser forgets of a table that is shown as blocks.
    public PublicTable Row(string header, params string[] cells)
    {
        _rows.Append($"<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{header}</th>");
        foreach (var (cell, column) in cells.Zip(columns.Skip(1)))
            _rows.Append($"<td role=\"cell\"{(cell.Length > LongText && !cell.Contains('<') ? " class=\"long\"" : "")} data-label=\"{column}\"><div>{cell}</div></td>");
        _rows.Append("</tr>\n");
        return this;
    }

    public override string ToString() => $"""
        <table role="table"><caption>{caption}</caption><thead role="rowgroup"><tr role="row">{string.Concat(columns.Select(c => $"<th role=\"columnheader\" scope=\"col\">{c}</th>"))}</tr></thead><tbody role="rowgroup">
        {_rows}</tbody></table>

        """;
}
