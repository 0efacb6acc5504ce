using System.Net;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Toolkits;

public class LessonMarkdownTests(TrainingApp app)
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Hello <img src=x onerror=alert(1)> you")]
    [InlineData("<iframe src='https://example.org'></iframe>")]
    public void Html_is_shown_as_the_text_it_is(string body)
    {
        LessonMarkdown.RequireAllowed(body, "lesson");
        var html = LessonMarkdown.ToHtml(body);
        Assert.Contains("&lt;", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("<iframe", html);
    }

    [Theory]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](https://example.org)")]
    [InlineData("![spy](https://example.org/pixel.png)")]
    [InlineData("![up](attachments/../../secret.png)")]
    [InlineData("![data](data:image/svg+xml;base64,PHN2Zz4=)")]
    [InlineData("<https://example.org>")]
    [InlineData("[click][1]\n\n[1]: //example.org")]
    public void Nothing_leads_out_of_a_lesson(string body) =>
        Assert.Equal("markdown_not_allowed", Assert.Throws<BadInput>(() => LessonMarkdown.RequireAllowed(body, "lesson")).Code);

    [Theory]
    [InlineData("![The button](attachments/button.png)", "<img src=\"attachments/button.png\" alt=\"The button\"")]
    [InlineData("![How it moves](attachments/move.mp4)", "<video controls preload=\"metadata\" src=\"attachments/move.mp4\">How it moves</video>")]
    [InlineData("![Hello](attachments/hello.mp3)", "<audio controls preload=\"metadata\" src=\"attachments/hello.mp3\">Hello</audio>")]
    [InlineData("[The form](attachments/form.pdf)", "<a href=\"attachments/form.pdf\">The form</a>")]
    [InlineData("# Big", "<h2>Big</h2>")]
    [InlineData("|a|b|\n|-|-|\n|1|2|", "<td>1</td>")]
    public void Attachments_headings_and_tables_are_rendered(string body, string html)
    {
        LessonMarkdown.RequireAllowed(body, "lesson");
        Assert.Contains(html, LessonMarkdown.ToHtml(body));
    }

    [Fact]
    public async Task A_lesson_with_a_link_outside_is_refused_and_not_stored()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        await drafts.Partner.PostAsync(version + "/modules", new { slug = "link", content = Drafts.Lesson("See [here](https://example.org).") })
            .RefusesAsync(HttpStatusCode.BadRequest, "markdown_not_allowed");
        await drafts.Partner.GetAsync(version + "/modules/link").RefusesAsync(HttpStatusCode.NotFound, "module_unknown");
    }
}
