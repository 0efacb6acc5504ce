using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Toolkits;

public enum VersionState { Draft, Published, Retired }

/// <summary>
/// One edition of a toolkit. Only a draft changes. Who changes it or its modules holds the row's lock (<see cref="VersionAccess.LockDraftAsync"/>),
/// so that nothing slips in while it is being published.
/// </summary>
public sealed class ToolkitVersion
{
    private readonly List<Module> _modules = [];
    private readonly List<VersionText> _texts = [];

    private ToolkitVersion() { }

    public Guid Id { get; private set; }
    public Guid ToolkitId { get; private set; }
    public Toolkit Toolkit { get; private set; } = null!;
    public int Number { get; private set; }
    public VersionState State { get; private set; }
    /// <summary>Languages declared to be complete; publishing checks it. The toolkit's default language always is.</summary>
    public string[] CompleteLanguages { get; private set; } = [];
    public DateTimeOffset StartedAt { get; private set; }
    public string StartedBy { get; private set; } = null!;
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? PublishedBy { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public uint RowVersion { get; private set; }

    public IReadOnlyList<Module> Modules => _modules;
    public IReadOnlyList<VersionText> Texts => _texts;
    /// <summary>As a learner takes them.</summary>
    public IEnumerable<Module> InOrder => _modules.OrderBy(m => m.Position).ThenBy(m => m.Slug, StringComparer.Ordinal);

    /// <param name="former">Whose texts and modules the draft begins with; with its modules and all texts loaded.</param>
    public static ToolkitVersion Start(Toolkit toolkit, int number, ToolkitVersion? former, string by, DateTimeOffset at)
    {
        var draft = new ToolkitVersion
        {
            Id = Guid.CreateVersion7(at),
            ToolkitId = toolkit.Id,
            Toolkit = toolkit,
            Number = number,
            CompleteLanguages = former?.CompleteLanguages ?? [toolkit.DefaultLanguage],
            StartedAt = at,
            StartedBy = by,
            ChangedAt = at,
        };
        if (former is null) return draft;
        draft._texts.AddRange(former.Texts.Select(t => new VersionText { Language = t.Language, Title = t.Title, Summary = t.Summary }));
        draft._modules.AddRange(former.Modules.Select(m => m.Copy(at)));
        return draft;
    }

    /// <param name="completeLanguages">The default language is added where it is left out.</param>
    public void Describe(IEnumerable<string> completeLanguages, IReadOnlyDictionary<string, TitleAndSummary> texts, ProgrammeSettings programme, DateTimeOffset at)
    {
        RequireDraft();
        string[] there = [Toolkit.DefaultLanguage, .. CompleteLanguages, .. _texts.Select(t => t.Language)];
        CompleteLanguages = programme.KnownLanguages([Toolkit.DefaultLanguage, .. completeLanguages], there);
        programme.KnownLanguages(texts.Keys, there);
        _texts.RemoveAll(t => !texts.ContainsKey(t.Language));
        foreach (var (language, text) in texts)
        {
            var known = _texts.Find(t => t.Language == language);
            if (known is null) _texts.Add(known = new VersionText { Language = language });
            (known.Title, known.Summary) = (text.Title.Trim(), text.Summary.Trim());
        }
        ChangedAt = at;
    }

    /// <exception cref="RuleBroken">module_already_there</exception>
    public Module AddModule(string slug, DateTimeOffset at)
    {
        RequireDraft();
        if (_modules.Exists(m => m.Slug == slug)) throw new RuleBroken("module_already_there", $"There is a module '{slug}' already.");
        var module = new Module(slug, at);
        _modules.Add(module);
        return module;
    }

    public void RequireDraft()
    {
        if (State != VersionState.Draft) throw new RuleBroken("version_not_draft", $"Version {Number} is {State} and does not change. Start a new one.").With("state", State);
    }

    /// <summary>From now on it never changes. Whoever calls this has retired the former one and found nothing missing.</summary>
    public void Publish(string by, DateTimeOffset at)
    {
        RequireDraft();
        (State, PublishedAt, PublishedBy) = (VersionState.Published, at, by);
    }

    /// <exception cref="RuleBroken">version_not_published</exception>
    public void Retire(DateTimeOffset at)
    {
        if (State != VersionState.Published) throw new RuleBroken("version_not_published", $"Version {Number} is {State}.").With("state", State);
        (State, RetiredAt) = (VersionState.Retired, at);
    }
}

/// <summary>What a version is called in one language.</summary>
public sealed class VersionText
{
    public Guid VersionId { get; init; }
    public required string Language { get; init; }
    public string Title { get; set; } = "";
    public string Summary { get; set; } = "";
}
