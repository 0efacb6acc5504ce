using System.Globalization;
using System.Net;
using BetterConnections.Documents;
using BetterConnections.Training.Courses;
using QRCoder;

namespace BetterConnections.Training.Certificates;

/// <summary>
/// A certificate for people, with a QR code at which anyone can check it. This service knows no names, so there is a line to
/// write one on. Arabic is on the page that browsers print; the PDF's font has Latin signs only.
/// </summary>
public static class CertificatePrint
{
    public static string Html(CheckedCertificate certificate, CertificateWords words, IReadOnlyList<string> topics, string address, ProgrammeSettings programme)
    {
        var rows = string.Concat(Rows(certificate, words, topics, programme).Select(r =>
            $"<tr><th>{r.Label}</th><td>{(r.IsCode ? $"<bdi dir=\"ltr\">{Text(r.Value)}</bdi>" : Text(r.Value))}</td></tr>"));
        return $$"""
            <!doctype html>
            <html lang="{{words.Language}}" dir="{{words.Direction}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="robots" content="noindex"><title>{{words.Title}}: {{Text(certificate.Title.In(words.Language))}}</title>
            <style>
            body{font:12pt/1.5 system-ui,sans-serif;max-width:170mm;margin:8mm auto;padding:0 4mm;color:#111}
            .state{padding:3mm 4mm;border-radius:2mm;font-weight:600}.Valid{background:#dff3e3}.Expired{background:#fdf0d0}.Revoked{background:#fbdcdc}
            .sheet{border:.6mm solid #7a1b3a;padding:8mm;margin-top:5mm}h1{font-size:26pt;margin:0;color:#7a1b3a}h2{font-size:17pt;margin:1mm 0 5mm}
            table{border-collapse:collapse;width:100%}th{text-align:start;font-weight:normal;color:#555;padding:1mm 0;padding-inline-end:5mm;width:35%;vertical-align:top}
            .name{border-bottom:.3mm solid #111;height:14mm}.check{display:flex;gap:5mm;align-items:center;margin-top:7mm;overflow-wrap:anywhere;font-size:9pt}
            svg{width:32mm;height:32mm;flex:none}@page{size:A4;margin:12mm}@media print{.state{display:none}body{margin:0} }
            </style></head><body>
            <p class="state {{certificate.State}}">{{words.States[certificate.State]}}</p>
            <div class="sheet"><div>{{Text(certificate.Issuer)}}</div><h1>{{words.Title}}</h1><h2>{{Text(certificate.Title.In(words.Language))}}</h2>
            <table><tr><th>{{words.Name}}</th><td class="name"></td></tr>{{rows}}</table>
            <div class="check">{{QrSvg(address)}}<div>{{words.Check}}<br><a href="{{Text(address)}}"><bdi dir="ltr">{{Text(address)}}</bdi></a></div></div></div>
            </body></html>
            """;
    }

    public static byte[] Pdf(CheckedCertificate certificate, IReadOnlyList<string> topics, string address, ProgrammeSettings programme)
    {
        var words = CertificateWords.Default;
        var page = new DrawnPdf(210, 297);
        page.AddPage();
        foreach (var (x, y, width, height) in new[] { (15.0, 15.0, 180.0, 0.6), (15, 281.4, 180, 0.6), (15, 15, 0.6, 267), (194.4, 15, 0.6, 267) }) page.Fill(x, y, width, height);
        page.Text(25, 35, 12, certificate.Issuer);
        page.Text(25, 52, 30, words.Title, bold: true);
        page.Text(25, 66, 17, certificate.Title.In(words.Language), bold: true);
        page.Text(25, 100, 10, words.Name);
        page.Fill(85, 101, 100, 0.3);
        double line = 110;
        foreach (var (label, value, _) in Rows(certificate, words, topics, programme))
        {
            page.Text(25, line += 9, 10, label);
            page.Text(85, line, 11, value);
        }
        page.Qr(address, 21, 230, 40);
        page.Text(65, 248, 9, words.Check);
        page.Text(65, 254, 7, address);
        return page.ToArray();
    }

    private static IEnumerable<(string Label, string Value, bool IsCode)> Rows(CheckedCertificate certificate, CertificateWords words, IReadOnlyList<string> topics, ProgrammeSettings programme)
    {
        yield return (words.Holder, certificate.Holder, true);
        yield return (words.Issued, Day(certificate.IssuedAt, programme), true);
        yield return (words.ValidUntil, certificate.ValidUntil is { } end ? Day(end, programme) : words.NoEnd, certificate.ValidUntil is not null);
        foreach (var (index, topic) in topics.Index()) yield return (index == 0 ? words.Topics : "", topic, false);
    }

    private static string Day(DateTimeOffset time, ProgrammeSettings programme) =>
        TimeZoneInfo.ConvertTime(time, programme.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string QrSvg(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(data).GetGraphic(2, "#000", "#fff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
