using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Volunteers.Assignments;
using BetterConnections.Volunteers.Openings;
using BetterConnections.Volunteers.Visits;

namespace BetterConnections.Volunteers.Tests.Letters;

public class LetterTests(VolunteerApp volunteers)
{
    private readonly HttpClient _office = volunteers.As(Roles.ProgrammeOffice);

    private static string Address(Person person) => $"{Steps.Volunteers}/{person.Id}/letter";

    /// <summary>Approved visits on one day of September, straight into the database: how hours come about is tested where visits are.</summary>
    private async Task WorkedAsync(Person person, AssignmentRole role, int day, params int[] minutes)
    {
        var start = new DateTimeOffset(2026, 9, day, 8, 0, 0, TimeSpan.Zero);
        var opening = await volunteers.OpeningAsync(role);
        var view = await volunteers.AssignAsync(opening, person, volunteers.Shift(24 * day));
        await volunteers.InDbAsync(async db =>
        {
            var assignment = await db.Assignments.FindAsync(view.Id);
            foreach (var (m, i) in minutes.Select((m, i) => (m, i)))
            {
                var visit = Visit.Begin(Guid.NewGuid(), assignment!, new DeviceTime(start.AddHours(4 * i), 0), null, start);
                visit.End(new DeviceTime(start.AddHours(4 * i).AddMinutes(m), 0), null, start);
                visit.Approve(m, new Act("somebody else", start));
                db.Add(visit);
            }
            await db.SaveChangesAsync();
        });
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string address, string accept) =>
        await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } });

    private static async Task<string> PdfTextAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", "-layout - -") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await answer.Content.CopyToAsync(reader.StandardInput.BaseStream);
        reader.StandardInput.Close();
        return await reader.StandardOutput.ReadToEndAsync();
    }

    [Fact]
    public async Task A_program_that_reads_PDF_finds_name_hours_roles_and_number_in_the_letter()
    {
        var person = await volunteers.ScreenedAsync(Steps.Details("José Müller-O'Neill (Zoë)"));
        await WorkedAsync(person, AssignmentRole.Monitor, 3, 90, 45);
        await WorkedAsync(person, AssignmentRole.Inspector, 20, 200);

        var answer = await person.Client.GetAsync(Address(person));
        var text = await PdfTextAsync(answer);

        Assert.Contains("José Müller-O'Neill (Zoë) has given time", text);
        Assert.Matches(@"Hours +5 h 35 min", text);
        Assert.Matches(@"inspector +3 h 20 min", text);
        Assert.Matches(@"monitor +2 h 15 min", text);
        Assert.Matches(@"Facilities +2", text);
        Assert.Matches(@"Period +2026-09-03 – 2026-09-20", text);
        Assert.Matches(@"Letter +L-\d{6}", text);
    }

    [Fact]
    public async Task A_name_in_Arabic_comes_as_a_page_from_right_to_left_and_not_as_a_PDF()
    {
        var person = await volunteers.ScreenedAsync(Steps.Details("أمينة <علي>", messageLanguage: "ar"));
        await WorkedAsync(person, AssignmentRole.Monitor, 3, 90);

        var page = await GetAsync(_office, Address(person), "*/*");

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", html);
        Assert.Contains("أمينة &lt;علي&gt;", WebUtility.HtmlDecode(html.Replace("&lt;", "&amp;lt;").Replace("&gt;", "&amp;gt;")));
        Assert.Contains("1 ساعة و30 دقيقة", WebUtility.HtmlDecode(html));
        await GetAsync(_office, Address(person), "application/pdf").RefusesAsync(HttpStatusCode.NotAcceptable, "not_acceptable");
    }

    [Fact]
    public async Task The_number_stays_until_hours_are_added()
    {
        var person = await volunteers.ScreenedAsync();
        await WorkedAsync(person, AssignmentRole.Monitor, 3, 90);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NumberAsync()));
        var first = Assert.Single(numbers.Distinct());
        await WorkedAsync(person, AssignmentRole.Inspector, 4, 30);
        Assert.NotEqual(first, await NumberAsync());

        async Task<string> NumberAsync() => (await person.Client.GetAsync(Address(person))).Content.Headers.ContentDisposition!.FileName!;
    }

    [Fact]
    public async Task Without_approved_hours_there_is_no_letter_and_nobody_reads_anothers()
    {
        var person = await volunteers.ScreenedAsync();
        await person.Client.GetAsync(Address(person)).RefusesAsync(HttpStatusCode.NotFound, "no_hours_approved");
        await WorkedAsync(person, AssignmentRole.Monitor, 3, 60);
        await volunteers.As(Roles.Volunteer).GetAsync(Address(person)).RefusesAsync(HttpStatusCode.NotFound, "volunteer_unknown");
        await volunteers.As(Roles.TrainingPartner).GetAsync(Address(person)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
