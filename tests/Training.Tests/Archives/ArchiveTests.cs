using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Archives;
using BetterConnections.Training.Tests.Attachments;
using BetterConnections.Training.Tests.Toolkits;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Archives;

public partial class ArchiveTests(TrainingApp app)
{
    private readonly HttpClient _reader = app.As(Roles.Volunteer);

    [GeneratedRegex("(?:src|href|data|action)=\"([^\"]*)\"|url\\(([^)]*)\\)|@import|fetch\\(|https?://")]
    private static partial Regex Reference();

    [Fact]
    public async Task The_same_version_gives_the_same_bytes_and_another_language_others()
    {
        var version = await Unzipped.StarterAsync(_reader, "computer-basics");

        var (first, again) = (await _reader.GetByteArrayAsync(version + "/archive?language=ar"), await _reader.GetByteArrayAsync(version + "/archive?language=ar"));

        Assert.Equal(first, again);
        Assert.NotEqual(first, await _reader.GetByteArrayAsync(version + "/archive?language=en"));
    }

    [Fact]
    public async Task A_version_that_is_retired_gives_the_bytes_that_it_gave_while_it_was_in_use()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        var draft = await drafts.Partner.GetAsync(version + "/archive");
        await drafts.Partner.PostAsync<VersionSummary>(version + "/publish");
        var published = await _reader.GetAsync(version + "/archive");
        await drafts.Partner.PostAsync<VersionSummary>(version + "/retire");
        var retired = await _reader.GetAsync(version + "/archive");

        Assert.Equal(await published.Content.ReadAsByteArrayAsync(), await retired.Content.ReadAsByteArrayAsync());
        Assert.Equal(published.Headers.ETag, retired.Headers.ETag);
        Assert.NotEqual(draft.Headers.ETag, published.Headers.ETag); // its manifest had no date yet
    }

    [Fact]
    public async Task Who_has_it_already_does_not_get_it_again()
    {
        var version = await Unzipped.StarterAsync(_reader, "computer-basics");
        var answer = await _reader.GetAsync(version + "/archive?language=ar");
        Assert.Equal(("application/zip", "computer-basics-v1-ar.zip"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName));

        var again = await _reader.SendAsync(new(HttpMethod.Get, version + "/archive?language=ar") { Headers = { IfNoneMatch = { answer.Headers.ETag! } } });

        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.NotEqual(answer.Headers.ETag, (await _reader.GetAsync(version + "/archive?language=en")).Headers.ETag);
    }

    [Theory, InlineData("ar"), InlineData("en"), InlineData("hi")]
    public async Task Every_page_leads_only_to_what_is_in_the_archive(string language)
    {
        using var archive = await Unzipped.GetAsync(_reader, $"/api/training/archive?language={language}");
        var files = archive.Files.ToHashSet();

        var references = files.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).SelectMany(f => Reference().Matches(archive.Text(f)).Select(m => (File: f, Match: m))).ToList();

        Assert.True(references.Count > 100);
        foreach (var (file, match) in references)
        {
            Assert.True(match.Groups[1].Success, $"{file} has {match.Value}");
            var target = new Uri(new Uri("file:///" + file), match.Groups[1].Value).LocalPath[1..];
            Assert.True(files.Contains(target), $"{file} leads to {match.Groups[1].Value}, which is not there");
        }
    }

    [Fact]
    public async Task The_manifest_tells_version_and_hashes_of_all_files()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        await drafts.Partner.PutAsync(version + "/attachments/film.mp4", new ByteArrayContent(Files.Mp4(600_000)));
        await drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "film", content = Drafts.Lesson("![How to press it](attachments/film.mp4)", "Film", 2) });
        await drafts.Partner.PostAsync<VersionSummary>(version + "/publish");

        using var archive = await Unzipped.GetAsync(_reader, version + "/archive?language=en");

        var manifest = JsonSerializer.Deserialize<JsonElement>(archive.Text("manifest.json"));
        Assert.Equal((1, "en", JsonValueKind.String), (manifest.GetProperty("of").GetProperty("version").GetInt32(),
            manifest.GetProperty("of").GetProperty("language").GetString(), manifest.GetProperty("of").GetProperty("publishedAt").ValueKind));
        Assert.Equal(["01-button.html", "02-film.html", "attachments/film.mp4", "index.html", "manifest.json", "style.css"], archive.Files);
        var lines = manifest.GetProperty("files").EnumerateArray().Select(f => (Path: f.GetProperty("path").GetString()!, Sha: f.GetProperty("sha256").GetString()!)).ToList();
        Assert.Equal(archive.Files.Where(f => f != "manifest.json"), lines.Select(l => l.Path).Order(StringComparer.Ordinal));
        foreach (var (path, sha) in lines) Assert.Equal(sha, Convert.ToHexStringLower(SHA256.HashData(archive.Bytes(path))));
        Assert.Equal(manifest.GetProperty("hash").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => $"{l.Sha}  {l.Path}\n"))))));
        Assert.Equal(Files.Mp4(600_000), archive.Bytes("attachments/film.mp4"));
    }

    [Fact]
    public async Task All_topics_come_in_the_programmes_order_and_trainers_material_by_itself()
    {
        using var workers = await Unzipped.GetAsync(_reader, "/api/training/archive?language=ar");
        using var volunteers = await Unzipped.GetAsync(_reader, "/api/training/archive?language=ar&audience=Volunteers");

        var shipped = new ProgrammeSettings { PublicUrl = "http://localhost" }.Topics;
        Assert.Equal(shipped, Regex.Matches(workers.Text("index.html"), "href=\"([a-z-]+)/index.html\"").Select(m => m.Groups[1].Value).Where(shipped.Contains));
        Assert.Contains("teaching-adults/index.html", volunteers.Files);
        Assert.DoesNotContain("teaching-adults/index.html", workers.Files);
    }

    [Fact]
    public async Task A_page_has_no_right_answers_in_it_and_a_volunteers_archive_no_questions()
    {
        using var workers = await Unzipped.GetAsync(_reader, await Unzipped.StarterAsync(_reader, "money-transfer") + "/archive?language=en");
        using var volunteers = await Unzipped.GetAsync(_reader, await Unzipped.StarterAsync(_reader, "teaching-adults") + "/archive?language=en");

        var page = workers.Text("01-cash-machine.html");
        Assert.Equal(3, Regex.Matches(page, "<form ").Count);
        Assert.Equal(3, Regex.Matches(page, "data-sum=\"[0-9]+\"").Count);
        Assert.DoesNotContain("checked", page.Replace("input:checked", ""));
        Assert.All(volunteers.Files.Where(f => f.EndsWith(".html", StringComparison.Ordinal)), f => Assert.DoesNotContain("<form", volunteers.Text(f)));
    }

    [Fact]
    public async Task What_authors_write_cannot_break_out_of_a_page()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        await drafts.Partner.PostAsync<ModuleSource>(version + "/modules",
            new { slug = "bad", content = Drafts.Lesson("<script>alert(1)</script>", "</title><script>alert(2)</script>", 2) });

        using var archive = await Unzipped.GetAsync(drafts.Partner, version + "/archive");

        Assert.DoesNotContain("<script>alert", archive.Text("02-bad.html") + archive.Text("index.html"));
        Assert.Contains("&lt;script&gt;alert(1)", archive.Text("02-bad.html"));
    }

    [Fact]
    public async Task An_archive_is_refused_to_strangers_and_in_unknown_languages()
    {
        await app.Anonymous().GetAsync("/api/training/archive").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await _reader.GetAsync("/api/training/archive?language=xx").RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
        await _reader.GetAsync($"/api/training/toolkits/{Guid.NewGuid()}/versions/1/archive").RefusesAsync(HttpStatusCode.NotFound, "version_unknown");
    }
}
