using System.Text.RegularExpressions;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Tests.Attachments;
using BetterConnections.Training.Tests.Toolkits;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Archives;

/// <summary>Archives opened from a disk in a browser nobody here wrote.</summary>
public class OfflineTests(TrainingApp app)
{
    private readonly HttpClient _reader = app.As(Roles.Volunteer);

    [Theory]
    [InlineData("ar", "rtl", "الصراف الآلي وتحويل المال", "جهاز الصراف الآلي", "التالي")]
    [InlineData("en", "ltr", "ATMs and money transfer", "The cash machine (ATM)", "Next")]
    public async Task A_toolkit_opens_from_a_stick_in_its_language_and_direction(string language, string direction, string title, string lesson, string next)
    {
        using var archive = await Unzipped.GetAsync(_reader, await Unzipped.StarterAsync(_reader, "money-transfer") + $"/archive?language={language}");

        var index = await Browser.OpenAsync(archive.Address("index.html"));
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", index);
        Assert.Contains(title, index);
        Assert.Equal(4, Regex.Matches(index, "<li><a href=\"0").Count);

        var page = await Browser.OpenAsync(archive.Address("01-cash-machine.html"));
        Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", page);
        Assert.Contains($"<h1>{lesson}</h1>", page);
        Assert.Contains($"<a rel=\"next\" href=\"02-sending-money.html\">{next}</a>", page);
    }

    [Fact]
    public async Task All_topics_open_and_a_lesson_that_is_not_translated_says_so()
    {
        using var archive = await Unzipped.GetAsync(_reader, "/api/training/archive?language=ur");

        Assert.Contains("<html lang=\"ur\" dir=\"rtl\">", await Browser.OpenAsync(archive.Address("index.html")));
        var lesson = await Browser.OpenAsync(archive.Address("labour-rights/02-wages.html"));

        Assert.Contains("English میں دکھایا گیا ہے", lesson);
        Assert.Contains("<article lang=\"en\" dir=\"ltr\">", lesson);
    }

    /// <summary>The page's own script judges every choice; Chromium runs it, and what it says is compared with the quiz.</summary>
    [Theory, InlineData("b", "right"), InlineData("a", "wrong"), InlineData("", "none")]
    public async Task The_self_check_tells_right_from_wrong(string choice, string verdict)
    {
        using var archive = await Unzipped.GetAsync(_reader, await new Drafts(app).PublishedAsync() + "/archive");
        var page = Path.Combine(Path.GetDirectoryName(new Uri(archive.Address("index.html")).LocalPath)!, "01-button.html");
        var click = $"<script>document.querySelector('[value=\"{choice}\"]')?.click(); document.querySelector('form button').click();</script>";
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace("</body>", click + "</body>"));

        Assert.Contains($"<output aria-live=\"polite\" class=\"{verdict}\">", await Browser.OpenAsync(archive.Address("01-button.html")));
    }

    [Fact]
    public async Task A_picture_in_a_lesson_is_shown_from_the_stick()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        await drafts.Partner.PutAsync(version + "/attachments/dot.png", new ByteArrayContent(Files.Png));
        await drafts.Partner.PostAsync<ModuleSource>(version + "/modules", new { slug = "dot", content = Drafts.Lesson("![A dot](attachments/dot.png)", "Dot", 2) });
        using var archive = await Unzipped.GetAsync(drafts.Partner, version + "/archive");
        var page = Path.Combine(Path.GetDirectoryName(new Uri(archive.Address("index.html")).LocalPath)!, "02-dot.html");
        const string Measure = "<script>onload = () => document.title = 'width ' + document.images[0].naturalWidth</script>";
        await File.WriteAllTextAsync(page, (await File.ReadAllTextAsync(page)).Replace("</body>", Measure + "</body>"));

        Assert.Contains("<title>width 1</title>", await Browser.OpenAsync(archive.Address("02-dot.html")));
    }
}
