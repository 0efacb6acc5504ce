using System.Net;
using BetterConnections.Testing;

namespace BetterConnections.Training.Tests.Packets;

public class PacketTests(TrainingApp app)
{
    private const string Address = "/api/training/public/packets/volunteers";

    [Theory]
    [InlineData("ar", "", "ar", "التعليم في المرفق")]
    [InlineData("fr, ar;q=0.5", "", "ar", "التعليم في المرفق")]
    [InlineData("fr", "", "en", "Teaching at a facility")]
    [InlineData("ar", "?language=en", "en", "Teaching at a facility")]
    public async Task Anybody_reads_the_volunteers_packet_in_a_language_of_theirs(string accepted, string query, string language, string title)
    {
        var client = app.Anonymous();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepted);

        var page = await client.GetAsync(Address + query);
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal(("text/html", language), (page.Content.Headers.ContentType!.MediaType, page.Content.Headers.ContentLanguage.Single()));
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\">", html);
        Assert.Contains($"<h1>{title}", html);
        Assert.DoesNotContain("src=", html);
    }

    [Fact]
    public async Task It_comes_as_Markdown_too_and_others_are_not_there()
    {
        var client = app.Anonymous();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/markdown");

        Assert.StartsWith("# Teaching at a facility", await client.GetStringAsync(Address));

        await client.GetAsync("/api/training/public/packets/astronauts").RefusesAsync(HttpStatusCode.NotFound, "packet_unknown");
    }
}
