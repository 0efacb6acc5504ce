using System.Net;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Enrollment.Workers.Import;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;
using static BetterConnections.Enrollment.Tests.Workers.ImportSteps;

namespace BetterConnections.Enrollment.Tests.Workers;

/// <summary>Files that are refused as a whole.</summary>
public class RefusedImportTests(EnrollmentApp enrollment)
{
    private readonly HttpClient _office = enrollment.As(Roles.ProgrammeOffice);

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("name,nationality\nAsha,IN\n", "column_missing")]
    [InlineData("\n\n", "column_missing")]
    [InlineData("code,languages\nEMP-1,\"hi\nEMP-2,hi\n", "file_not_readable")]
    public async Task A_broken_file_is_refused_as_a_whole(string file, string code)
    {
        var facility = await enrollment.FacilityAsync();

        await _office.SendAsync(facility.ImportPath(), file).RefusesAsync(HttpStatusCode.BadRequest, code);

        Assert.Equal(0, await enrollment.InDbAsync(db => db.Workers.CountAsync(w => w.FacilityId == facility.Id)));
    }

    [Fact]
    public async Task What_breaks_off_in_the_middle_leaves_nobody_joined()
    {
        var facility = await enrollment.FacilityAsync();
        var file = "code,languages\n" + string.Concat(Enumerable.Range(0, 2000).Select(_ => $"{Card()},hi\n")) + "EMP-1,\"hi\n" + new string('x', 200_000);

        await _office.SendAsync(facility.ImportPath(), file).RefusesAsync(HttpStatusCode.BadRequest, "file_not_readable");

        Assert.Equal(0, await enrollment.InDbAsync(db => db.Workers.CountAsync(w => w.FacilityId == facility.Id)));
    }

    [Fact]
    public async Task A_workbook_and_a_damaged_encoding_are_told_apart()
    {
        var path = (await enrollment.FacilityAsync()).ImportPath();
        byte[] workbook = [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 6, 0, 8, 0, 0, 0, 0x21, 0];
        byte[] damaged = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("code,languages\nEMP-1,hi\n"), 0xFF, 0xC3, 0x28];

        await _office.SendAsync(path, workbook).RefusesAsync(HttpStatusCode.BadRequest, "file_not_text");
        await _office.SendAsync(path, damaged).RefusesAsync(HttpStatusCode.BadRequest, "encoding_not_valid");
        await _office.SendAsync(path, workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .RefusesAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_whether_or_not_it_says_so_first()
    {
        var path = (await enrollment.FacilityAsync()).ImportPath();

        foreach (var announced in new[] { true, false })
            await _office.PostAsync(path, new Zeros(200L * 1024 * 1024 + 1, announced)).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");
    }

    [Fact]
    public async Task Another_employers_facility_is_not_there_to_import_to()
    {
        var (mine, others, applied) = (await enrollment.FacilityAsync(), await enrollment.FacilityAsync(), await enrollment.FacilityAsync(open: false));
        var file = $"code,languages\n{Card()},hi\n";

        await mine.AsEmployer().SendAsync(others.ImportPath(), file).RefusesAsync(HttpStatusCode.NotFound, "facility_unknown");
        await applied.AsEmployer().SendAsync(applied.ImportPath(), file).RefusesAsync(HttpStatusCode.Conflict, "facility_not_open");
        await enrollment.As(Roles.Volunteer).SendAsync(Many, file).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await enrollment.Anonymous().SendAsync(Many, file).RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await mine.AsEmployer().SendAsync(Many, file).RefusesAsync(HttpStatusCode.BadRequest, "column_missing");
        var report = await mine.AsEmployer().ImportAsync(Many, $"facility,code,languages\n{others.Code},{Card()},hi\nF999999,{Card()},hi\n,{Card()},hi\n");
        Assert.Equal((0, 3), (report.Accepted, report.Refusals["facility_unknown"]));
    }

    /// <summary>A body of so many bytes that never is in memory.</summary>
    private sealed class Zeros : HttpContent
    {
        private readonly long _length;
        private readonly bool _announced;

        public Zeros(long length, bool announced)
        {
            (_length, _announced) = (length, announced);
            Headers.ContentType = new("text/csv");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[1024 * 1024];
            for (var left = _length; left > 0; left -= block.Length) await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = _length;
            return _announced;
        }
    }
}
