using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Compliance;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Tests.Compliance;

public class ComplianceTests(FreshEnrollmentApp app) : IClassFixture<FreshEnrollmentApp>
{
    private const string Board = "/api/enrollment/compliance";
    private readonly HttpClient _regulator = app.As(Roles.Regulator);

    [Fact]
    public async Task The_board_shows_who_is_mandated_enrolled_and_open()
    {
        string[] numbers = [Steps.Registration(), Steps.Registration(), Steps.Registration(), Steps.Registration()];
        await ImportAsync("CR No,Company name\n" + string.Join('\n', numbers.Select((n, i) => $"{n},Funnel {i}")));
        var before = (await _regulator.GetAsync<ComplianceBoard>(Board)).Counts;

        await app.EmployerAsync(approved: false, registration: numbers[1]);
        await app.EmployerAsync(registration: "00" + numbers[2]);
        var open = await app.EmployerAsync(registration: numbers[3]);
        await app.FacilitiesInAsync(FacilityState.Open, 2, open);
        await app.FacilitiesInAsync(FacilityState.SpaceReady, 1, open);
        await app.FacilitiesInAsync(FacilityState.Withdrawn, 1, open);
        await app.EmployerAsync(); // not mandated: it is not on the board

        var board = await _regulator.GetAsync<ComplianceBoard>($"{Board}?search=funnel");
        Assert.Equal([(ComplianceStage.Mandated, 0, 0), (ComplianceStage.Mandated, 0, 0), (ComplianceStage.Enrolled, 0, 0), (ComplianceStage.Open, 3, 2)],
            board.Items.OrderBy(r => r.Name).Select(r => (r.Stage, r.Facilities, r.OpenFacilities)));
        Assert.Equal([false, true, true, true], board.Items.OrderBy(r => r.Name).Select(r => r.RegisteredAt is not null));
        Assert.Equal((before.Mandated, before.Enrolled + 2, before.Open + 1), (board.Counts.Mandated, board.Counts.Enrolled, board.Counts.Open));
        Assert.Equal(["Funnel 3"], (await _regulator.GetAsync<ComplianceBoard>($"{Board}?search=funnel&stage=Open")).Items.Select(r => r.Name));
    }

    [Fact]
    public async Task A_list_with_Arabic_headings_and_a_byte_order_mark_imports_and_a_second_time_changes_nothing()
    {
        var (one, other) = (Steps.Registration(), Steps.Registration());
        var csv = $"\ufeffاسم الشركة;رقم السجل التجاري\r\nشركة الخليج;{one}\r\n\r\n\"النور; للمقاولات\";00{other}\r\n";

        var first = await ImportAsync(csv);
        var again = await ImportAsync(csv);
        var renamed = await ImportAsync($"name,cr\nGulf,{one}");

        Assert.Equal((2, 2, 0, 0), (first.Rows, first.Added, first.Renamed, first.Refused));
        Assert.Equal((2, 0, 0, 0), (again.Rows, again.Added, again.Renamed, again.Refused));
        Assert.Equal((0, 1), (renamed.Added, renamed.Renamed));
        var names = await app.InDbAsync(db => db.MandatedCompanies.Where(c => c.RegistrationNumber == one || c.RegistrationNumber == other)
            .OrderBy(c => c.RegistrationNumber).Select(c => c.Name).ToListAsync());
        Assert.Equal(["Gulf", "النور; للمقاولات"], names);
    }

    [Fact]
    public async Task Bad_rows_are_told_with_line_and_code_and_the_good_ones_are_imported()
    {
        var good = Steps.Registration();

        var report = await ImportAsync($"Registration number,Name\n{good},Good\n,Nameless\nn/a,Bad number\n{Steps.Registration()},\n0{good},Twice\n{Steps.Registration()},{new string('x', 201)}\n{Steps.Registration()}\n");

        Assert.Equal((7, 1, 6), (report.Rows, report.Added, report.Refused));
        Assert.Equal([(3, "registration_number_missing"), (4, "registration_number_not_valid"), (5, "name_missing"), (6, "twice_in_file"), (7, "name_too_long"), (8, "name_missing")],
            report.Errors.Select(e => (e.Line, e.Code)));
    }

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("name,city\nGulf,Doha", "heading_missing")]
    [InlineData("registration number\n123", "heading_missing")]
    public async Task A_file_that_is_no_list_is_a_coded_400_and_imports_nothing(string csv, string code) =>
        await SendAsync(_regulator, Encoding.UTF8.GetBytes(csv)).RefusesAsync(HttpStatusCode.BadRequest, code);

    [Fact]
    public async Task A_file_that_turns_unreadable_half_way_imports_nothing()
    {
        var number = Steps.Registration();

        await SendAsync(_regulator, Encoding.UTF8.GetBytes($"cr,name\n{number},Good\n2,\"never closed {new string('x', 20_000)}")).RefusesAsync(HttpStatusCode.BadRequest, "csv_not_readable");
        await SendAsync(_regulator, [.. Encoding.UTF8.GetBytes($"cr,name\n{number},Good\n"), .. Enumerable.Repeat((byte)0xC7, 20)]).RefusesAsync(HttpStatusCode.BadRequest, "encoding_not_readable");

        Assert.False(await app.InDbAsync(db => db.MandatedCompanies.AnyAsync(c => c.RegistrationNumber == number)));
    }

    [Fact]
    public async Task A_list_of_twenty_thousand_streams_in()
    {
        var report = await ImportAsync("cr,name\n" + string.Join('\n', Enumerable.Range(1, 20_000).Select(i => $"B{i:D6},Bulk {i}")));
        Assert.Equal((20_000, 20_000), (report.Rows, report.Added));
    }

    [Fact]
    public async Task The_export_runs_no_formula_in_a_spreadsheet_and_keeps_Arabic_readable()
    {
        await ImportAsync($"cr,name\n{Steps.Registration()},\"=HYPERLINK(\"\"http://evil\"\")\"\n{Steps.Registration()},@SUM(A1)\n{Steps.Registration()},=شركة");

        var answer = await _regulator.GetAsync($"{Board}.csv");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("'=HYPERLINK(\"\"http://evil\"\")", text);
        Assert.Contains(",\"'@SUM(A1)\",", text);
        Assert.Contains(",\"'=شركة\",", text);
        Assert.DoesNotContain(",=", text);
        Assert.DoesNotContain(",\"=", text);
        Assert.StartsWith("\ufeffRegistrationNumber,Name,Stage,", text);
    }

    [Fact]
    public async Task The_board_is_the_regulators_and_the_programme_offices()
    {
        var csv = Encoding.UTF8.GetBytes("cr,name\n1,A");
        foreach (var client in new[] { app.As(Roles.Employer, Guid.NewGuid()), app.As(Roles.Volunteer) })
        {
            await client.GetAsync(Board).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.GetAsync(Board + ".csv").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
            await SendAsync(client, csv).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        await SendAsync(app.Anonymous(), csv).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await _regulator.GetAsync(Board + "?stage=Asleep").RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    private async Task<MandatedImport> ImportAsync(string csv) => await (await SendAsync(_regulator, Encoding.UTF8.GetBytes(csv))).ReadAsync<MandatedImport>();

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] csv) =>
        client.PostAsync(Board + "/mandated", new ByteArrayContent(csv) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } });
}
