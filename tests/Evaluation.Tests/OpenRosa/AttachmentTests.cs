using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

public class AttachmentTests(EvaluationApp evaluation)
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8], Recording = [0, 0, 0, 24, .. "ftypmp42"u8];

    public static TheoryData<string?, byte[], string> Taken => new()
    {
        { "image/png", Png, "image/png" }, { "image/jpeg", Png, "image/png" }, { "application/octet-stream", Png, "image/png" }, { null, Png, "image/png" },
        { "audio/mp4", Recording, "audio/mp4" }, { "audio/amr", [.. "#!AMR\n"u8], "audio/amr" }, { "text/csv", Encoding.UTF8.GetBytes("event,node\nسؤال,/data\n"), "text/csv" }, { "text/csv", [], "text/csv" },
    };

    [Theory, MemberData(nameof(Taken))]
    public async Task Pictures_recordings_and_logs_are_kept_as_what_their_bytes_say(string? declared, byte[] content, string type)
    {
        var (field, sent) = await SendAsync(declared, content);

        Assert.Equal(HttpStatusCode.Created, sent.Status);
        Assert.Equal(type, await evaluation.InDbAsync(db => db.SubmissionAttachments.Where(a => db.Submissions.Any(s => s.Id == a.SubmissionId && s.FacilityId == field.FacilityId))
            .Select(a => a.ContentType).SingleAsync()));
    }

    public static TheoryData<string?, byte[]> Refused => new()
    {
        { "image/jpeg", [.. "<html><script>"u8] }, { "image/jpeg", Recording }, { "video/mp4", Recording }, { "audio/mpeg", Png }, { "application/octet-stream", [.. "MZ\0\0"u8] },
        { "text/csv", [.. "MZ\0\0"u8] }, { "text/html", [.. "<html>"u8] }, { "application/pdf", [.. "%PDF-1.7"u8] }, { "image/svg+xml", [.. "<svg/>"u8] },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_is_not_what_it_says_or_nothing_that_a_form_asks_for_is_refused_with_the_form(string? declared, byte[] content)
    {
        var (field, sent) = await SendAsync(declared, content);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "attachment_type_not_taken"), (sent.Status, sent.Nature));
        Assert.Equal(0, await evaluation.InDbAsync(db => db.Submissions.CountAsync(s => s.FacilityId == field.FacilityId)));
    }

    [Fact]
    public async Task A_database_whose_disk_is_full_at_the_second_photograph_keeps_no_half_of_the_interview()
    {
        var (field, second) = (await FieldWork.PrepareAsync(evaluation), $"{Guid.NewGuid():n}.png");
        var form = await field.FillAsync();
        var full = $"disk_is_full_{Guid.NewGuid():n}";
        var (fill, free) = ($"""
            create function {full}() returns trigger language plpgsql as $body$ begin raise exception 'no space left on device' using errcode = 'disk_full'; end $body$;
            create trigger {full} before insert on submission_attachments for each row when (new.name = '{second}') execute function {full}();
            """, $"drop trigger {full} on submission_attachments; drop function {full}");

        await evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(fill));
        var refused = await SubmitAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database_unavailable"), (refused.Status, refused.Nature));
        Assert.Equal((0, 0), await KeptAsync());

        await evaluation.InDbAsync(db => db.Database.ExecuteSqlRawAsync(free));
        Assert.Equal(HttpStatusCode.Created, (await SubmitAsync()).Status);
        Assert.Equal((1, 2), await KeptAsync());

        Task<SubmissionAnswer> SubmitAsync() => field.Phone.SubmitAsync(form.Xml, incomplete: false, ("first.png", Png), (second, Png));

        Task<(int Interviews, int Photographs)> KeptAsync() => evaluation.InDbAsync(async db =>
        {
            var interviews = db.Submissions.Where(s => s.FacilityId == field.FacilityId);
            return (await interviews.CountAsync(), await db.SubmissionAttachments.CountAsync(a => interviews.Any(s => s.Id == a.SubmissionId)));
        });
    }

    private async Task<(FieldWork Field, SubmissionAnswer Answer)> SendAsync(string? declared, byte[] content)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        var file = new ByteArrayContent(content);
        if (declared is not null) file.Headers.ContentType = new(declared);
        return (field, await field.Phone.PostAsync(new MultipartFormDataContent
        {
            { new StringContent((await field.FillAsync()).Xml, Encoding.UTF8, "text/xml"), "xml_submission_file", "submission.xml" }, { file, "a", "a" },
        }));
    }
}
