namespace BetterConnections.Training.Toolkits;

/// <summary>Something that keeps a draft from being published: a code and what it is about, so that everybody can say it in words of their own.</summary>
/// <param name="Module">Null for the version as a whole.</param>
/// <param name="Question">Its place in the quiz, from 1.</param>
/// <param name="Attachment">The name of one that a lesson shows.</param>
public sealed record Finding(string Code, string Sentence, string? Module = null, string? Language = null, int? Question = null, string? Attachment = null)
{
    /// <summary>Module and language, such as <c>passwords/ar</c>; empty for the version as a whole.</summary>
    public string Where => string.Join('/', new[] { Module, Language }.OfType<string>());
}

/// <summary>What a learner would stumble over.</summary>
public static class PublishingLint
{
    /// <param name="version">With texts and modules.</param>
    /// <param name="attachments">Names of those the version has.</param>
    public static IReadOnlyList<Finding> Check(ToolkitVersion version, IReadOnlyCollection<string> attachments)
    {
        var findings = new List<Finding>();
        var languages = version.CompleteLanguages.Union([version.Toolkit.DefaultLanguage]).ToList();

        if (version.Modules.Count == 0) findings.Add(new("no_modules", "The version has no modules."));
        foreach (var language in languages.Where(l => !version.Texts.Any(t => t.Language == l)))
            findings.Add(new("title_missing", $"Title and summary are missing in {language}.", Language: language));

        foreach (var module in version.InOrder)
        {
            foreach (var language in languages)
            {
                if (!module.Texts.Any(t => t.Language == language))
                    findings.Add(new("text_missing", $"The lesson is missing in {language}.", module.Slug, language));
                foreach (var number in module.Quiz?.Questions.Select((q, i) => (q, i)).Where(q => !q.q.Words.ContainsKey(language)).Select(q => q.i + 1) ?? [])
                    findings.Add(new("question_missing", $"Question q{number} is missing in {language}.", module.Slug, language, Question: number));
            }
            foreach (var text in module.Texts)
                foreach (var name in LessonMarkdown.Attachments(text.Body).Where(n => !attachments.Contains(n)))
                    findings.Add(new("attachment_missing", $"The lesson shows '{name}', which is not attached.", module.Slug, text.Language, Attachment: name));
        }
        return findings;
    }
}
