using System.Net;

namespace BetterConnections.Evaluation;

/// <summary>What all pages for everybody share. No script, no font and no picture from elsewhere: they open on any phone and print.</summary>
internal sealed class PublicPage(string language, string programme, string licence)
{
    public bool IsArabic { get; } = language == "ar";

    public string Language => IsArabic ? "ar" : "en";

    /// <summary>In the page's language, safe in HTML.</summary>
    public string Say(string en, string ar) => Html(IsArabic ? ar : en);

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <param name="title">Safe in HTML, as the next two are.</param>
    /// <param name="body">Between the heading and the licence.</param>
    /// <param name="query">Besides the language, for the link to the other one: <c>&amp;analysis=…</c>.</param>
    public string Of(string title, string heading, string body, string query = "") => $$"""
        <!doctype html>
        <html lang="{{Language}}" dir="{{(IsArabic ? "rtl" : "ltr")}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>{{title}} – {{Html(programme)}}</title>
        <style>
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding-inline: 1rem; color: #1b2733; }
        .wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th, td { text-align: start; vertical-align: top; padding: .5rem; border-block-end: 1px solid #c9d3dd }
        thead th { border-block-end: 2px solid #1b2733 } th small, td small { display: block; font-weight: 400; color: #4a5b6b } code { font-size: .85em; overflow-wrap: anywhere }
        .notice { border-inline-start: .3rem solid #b3541e; background: #fdf3ec; padding: .5rem 1rem } .aside { border: 1px dashed #4a5b6b; padding: .5rem 1rem; margin-block: 2rem }
        a { color: #123c5a } .number { white-space: nowrap; font-variant-numeric: tabular-nums } summary { cursor: pointer; padding-block: .5rem; font-weight: 600 }
        svg { display: block; inline-size: 14rem } svg path { stroke: #c9d3dd } svg .range { stroke: #7fa3c0; stroke-width: 3 } svg circle { fill: #123c5a; stroke: #123c5a } svg .before { fill: #fff }
        .scale { display: flex; justify-content: space-between; inline-size: 14rem; font-weight: 400 }
        @media print { body { margin: 0 } tr { break-inside: avoid } }
        </style></head><body>
        <h1>{{Html(programme)}}: {{heading}}</h1>
        <p><a href="?language={{(IsArabic ? "en" : "ar")}}{{Html(query)}}">{{(IsArabic ? "English" : "العربية")}}</a></p>
        {{body}}
        <p>{{Say("Licence", "الترخيص")}}: {{Html(licence)}}. {{Say("Also as JSON and CSV, by the Accept header.", "متاح أيضًا بصيغتي JSON وCSV عبر ترويسة Accept.")}}</p>
        </body></html>
        """;
}
