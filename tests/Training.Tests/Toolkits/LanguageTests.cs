using System.Net;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Tests.Toolkits;

public class LanguageTests(TrainingApp app)
{
    private static ProgrammeSettings Programme(params (string From, string To)[] fallbacks) =>
        new() { PublicUrl = "http://localhost", Fallbacks = fallbacks.ToDictionary(f => f.From, f => f.To) };

    [Theory]
    [InlineData("ur", "ur,en", "ur")]
    [InlineData("ur", "hi,en", "hi")] // as the settings state
    [InlineData("ur", "en,ar", "en")]
    [InlineData("ta", "hi,en", "en")]
    [InlineData("ml", "ta,en", "en")] // a circle in the settings ends at the default
    public void A_missing_text_is_shown_in_the_stated_fallback(string wanted, string there, string shown) =>
        Assert.Equal(shown, Programme(("ur", "hi"), ("ml", "si"), ("si", "ml")).ShownIn(wanted, "en", there.Split(',')));

    [Theory, InlineData("ar", "rtl"), InlineData("ur", "rtl"), InlineData("en", "ltr"), InlineData("hi", "ltr")]
    public void The_direction_follows_the_language(string language, string direction) => Assert.Equal(direction, Language.Direction(language));

    [Fact]
    public async Task A_reader_is_told_in_his_own_language_that_a_text_is_not_translated()
    {
        var version = await new Drafts(app).PublishedAsync();
        var reader = app.As(Roles.Volunteer);

        var module = await reader.GetAsync<ModuleView>(version + "/modules/button?language=ar");

        Assert.Equal(("en", "ltr", "لم يُترجم هذا النص بعد، وهو معروض باللغة التالية: English."), (module.Language, module.Direction, module.Notice));
        Assert.Equal(module.Notice, (await reader.GetAsync<VersionView>(version + "?language=ar")).Notice);
        Assert.Null((await reader.GetAsync<ModuleView>(version + "/modules/button?language=en")).Notice);
        await reader.GetAsync(version + "?language=xx").RefusesAsync(HttpStatusCode.BadRequest, "language_unknown");
    }

    [Fact]
    public async Task A_lesson_whose_quiz_is_not_translated_is_shown_in_the_fallback_as_a_whole()
    {
        var drafts = new Drafts(app);
        var version = await drafts.ReadyAsync();
        var etag = await drafts.EtagAsync(version + "/modules/button/source");
        await (await drafts.Partner.PutAsync(version + "/modules/button", new
        {
            position = 1,
            minutes = 30,
            texts = new { en = new { title = "The button", body = "Press." }, ar = new { title = "الزر", body = "اضغط." } },
            quiz = new { passMark = 60, questions = new[] { Drafts.Question() } },
        }, etag)).ReadAsync<ModuleSource>();

        var module = await drafts.Partner.GetAsync<ModuleView>(version + "/modules/button?language=ar");

        Assert.Equal(("en", "The button", "Which is right?"), (module.Language, module.Title, module.Questions.Single().Text));
    }

    [Theory, InlineData("hi"), InlineData("ur"), InlineData("bn"), InlineData("ne"), InlineData("si"), InlineData("ta"), InlineData("ml"), InlineData("tl"), InlineData("ar")]
    public void Every_language_of_the_programme_has_words_for_what_is_not_translated(string language)
    {
        var notice = Wording.Words.Notice(language, "en")!;
        Assert.Contains("English", notice);
        Assert.NotEqual(Wording.Words.Notice("en-US", "en"), notice);
    }
}
