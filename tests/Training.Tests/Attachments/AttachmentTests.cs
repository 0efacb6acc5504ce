using System.Net;
using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Attachments;
using BetterConnections.Training.Tests.Toolkits;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Attachments;

public class AttachmentTests(TrainingApp app)
{
    private readonly Drafts _drafts = new(app);

    private Task<HttpResponseMessage> AttachAsync(string version, string name, byte[] content, string? type = null, HttpClient? by = null)
    {
        var body = new ByteArrayContent(content);
        if (type is not null) body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return (by ?? _drafts.Partner).PutAsync($"{version}/attachments/{name}", body);
    }

    [Theory, InlineData("png", "image/png"), InlineData("jpg", "image/jpeg"), InlineData("webp", "image/webp"), InlineData("pdf", "application/pdf"),
        InlineData("mp3", "audio/mpeg"), InlineData("wav", "audio/wav"), InlineData("mp4", "video/mp4"), InlineData("webm", "video/webm")]
    public async Task What_is_attached_comes_back_as_it_was_and_can_do_nothing_in_a_browser(string ending, string type)
    {
        var version = await _drafts.ReadyAsync();
        var attached = await (await AttachAsync(version, $"thing.{ending}", Files.Named[ending])).ReadAsync<AttachmentView>();

        var read = await _drafts.Partner.GetAsync($"{version}/attachments/thing.{ending}");

        Assert.Equal(Files.Named[ending], await read.Content.ReadAsByteArrayAsync());
        Assert.Equal((type, type), (attached.ContentType, read.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("attachment", read.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", read.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal($"\"{attached.Sha256}\"", read.Headers.ETag!.Tag);
        Assert.Equal(attached, Assert.Single(await _drafts.Partner.GetAsync<List<AttachmentView>>(version + "/attachments")));
    }

    [Theory]
    [InlineData("photo.png", "jpg", null, "attachment_not_what_it_says")]
    [InlineData("photo.png", "svg", null, "attachment_not_what_it_says")]
    [InlineData("form.pdf", "html", "application/pdf", "attachment_not_what_it_says")]
    [InlineData("photo.png", "png", "image/jpeg", "attachment_not_what_it_says")]
    [InlineData("sound.wav", "webp", null, "attachment_not_what_it_says")]
    [InlineData("drawing.svg", "svg", null, "type_not_allowed")]
    [InlineData("page.html", "html", null, "type_not_allowed")]
    [InlineData("program.exe", "png", null, "type_not_allowed")]
    public async Task What_is_not_what_it_says_is_refused_and_nothing_is_stored(string name, string content, string? type, string code)
    {
        var version = await _drafts.ReadyAsync();
        await AttachAsync(version, name, Files.Named[content], type).RefusesAsync(HttpStatusCode.UnsupportedMediaType, code);
        Assert.Empty(await _drafts.Partner.GetAsync<List<AttachmentView>>(version + "/attachments"));
    }

    [Fact]
    public async Task An_empty_file_is_nothing()
    {
        var version = await _drafts.ReadyAsync();
        await AttachAsync(version, "photo.png", []).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "attachment_not_what_it_says");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_file_over_its_limit_is_refused_whether_it_says_its_length_or_not(bool saysLength)
    {
        var version = await _drafts.ReadyAsync();
        var large = new byte[new AttachmentLimits().Picture + 1];
        Files.Png.CopyTo(large, 0);
        HttpContent body = saysLength ? new ByteArrayContent(large) : new StreamContent(new Unmeasured(large));

        await _drafts.Partner.PutAsync($"{version}/attachments/large.png", body).RefusesAsync(HttpStatusCode.RequestEntityTooLarge, "file_too_large");

        Assert.Empty(await _drafts.Partner.GetAsync<List<AttachmentView>>(version + "/attachments"));
    }

    [Theory, InlineData("..png"), InlineData("My%20Photo.png"), InlineData("Photo.PNG"), InlineData("photo"), InlineData("%D8%B5%D9%88%D8%B1%D8%A9.png")]
    public async Task A_name_that_would_not_do_everywhere_is_refused(string name) =>
        await AttachAsync(await _drafts.ReadyAsync(), name, Files.Png).RefusesAsync(HttpStatusCode.BadRequest, "attachment_name_not_valid");

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_under_its_name_is_refused()
    {
        var version = await _drafts.ReadyAsync();
        var first = await (await AttachAsync(version, "photo.png", Files.Png)).ReadAsync<AttachmentView>();
        Assert.Equal(first, await (await AttachAsync(version, "photo.png", Files.Png)).ReadAsync<AttachmentView>());
        await AttachAsync(version, "photo.png", [.. Files.Png, 0]).RefusesAsync(HttpStatusCode.Conflict, "attachment_name_taken");

        Assert.Equal(HttpStatusCode.NoContent, (await _drafts.Partner.DeleteAsync(version + "/attachments/photo.png")).StatusCode);
        Assert.Equal(Files.Png.Length + 1, (await (await AttachAsync(version, "photo.png", [.. Files.Png, 0])).ReadAsync<AttachmentView>()).Bytes);
        await _drafts.Partner.DeleteAsync(version + "/attachments/none.png").RefusesAsync(HttpStatusCode.NotFound, "attachment_unknown");
    }

    [Fact]
    public async Task One_content_is_stored_once_whoever_attaches_it_at_the_same_time()
    {
        var film = Files.Mp4(300_000);
        var versions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _drafts.ReadyAsync()));

        var attached = await Task.WhenAll(versions.Select(async v => await (await AttachAsync(v, "film.mp4", film)).ReadAsync<AttachmentView>()));

        var hash = Convert.FromHexString(Assert.Single(attached.Select(a => a.Sha256).Distinct()));
        Assert.Equal(1, await app.InDbAsync(db => db.Set<AttachmentContent>().CountAsync(c => c.Sha256 == hash)));
        Assert.Equal(5, await app.InDbAsync(db => db.Attachments.CountAsync(a => a.Sha256 == hash)));
    }

    [Fact]
    public async Task A_film_is_read_in_parts_and_not_again_by_who_has_it()
    {
        var (version, film) = (await _drafts.ReadyAsync(), Files.Mp4(700_001)); // more than two parts of the stream
        var attached = await (await AttachAsync(version, "film.mp4", film)).ReadAsync<AttachmentView>();
        Assert.Equal(film, await _drafts.Partner.GetByteArrayAsync(version + "/attachments/film.mp4"));

        foreach (var (from, to) in new[] { (0, 0), (262_100, 262_200), (699_990, 700_000) })
        {
            var part = await _drafts.Partner.SendAsync(new(HttpMethod.Get, version + "/attachments/film.mp4") { Headers = { Range = new(from, to) } });
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal(film[from..(to + 1)], await part.Content.ReadAsByteArrayAsync());
        }

        var again = await _drafts.Partner.SendAsync(new(HttpMethod.Get, version + "/attachments/film.mp4") { Headers = { IfNoneMatch = { new($"\"{attached.Sha256}\"") } } });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task A_published_version_keeps_its_attachments_and_the_next_draft_begins_with_them()
    {
        var version = await _drafts.ReadyAsync();
        await AttachAsync(version, "photo.png", Files.Png);
        await _drafts.Partner.PostAsync<VersionSummary>(version + "/publish");

        await AttachAsync(version, "more.png", Files.Png).RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");
        await _drafts.Partner.DeleteAsync(version + "/attachments/photo.png").RefusesAsync(HttpStatusCode.Conflict, "version_not_draft");

        var next = (await _drafts.Partner.PostAsync(version[..version.LastIndexOf('/')], new { })).Headers.Location!.ToString();
        await _drafts.Partner.DeleteAsync(next + "/attachments/photo.png");
        Assert.Equal(Files.Png, await app.As(Roles.Volunteer).GetByteArrayAsync(version + "/attachments/photo.png"));
    }

    [Fact]
    public async Task Nobody_else_attaches_and_nobody_else_reads_a_drafts_file()
    {
        var version = await _drafts.ReadyAsync();
        await AttachAsync(version, "photo.png", Files.Png, by: app.As(Roles.Volunteer)).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await AttachAsync(version, "photo.png", Files.Png);
        await app.As(Roles.Volunteer).GetAsync(version + "/attachments/photo.png").RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
    }

    /// <summary>A body whose length is not known beforehand.</summary>
    private sealed class Unmeasured(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
