using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

internal static class TopicNames
{
    /// <summary>What the workers' toolkits in use call these topics; a topic without a toolkit keeps its slug.</summary>
    public static async Task<IReadOnlyList<string>> TopicNamesAsync(this TrainingDb db, IReadOnlyList<string> topics, string language, CancellationToken cancel)
    {
        var titles = await db.ToolkitVersions.Where(v => v.State == VersionState.Published && v.Toolkit.Audience == Audience.Workers && topics.Contains(v.Toolkit.Topic))
            .SelectMany(v => v.Texts.Where(t => t.Language == language || t.Language == v.Toolkit.DefaultLanguage), (v, t) => new { v.Toolkit.Topic, t.Language, t.Title })
            .ToListAsync(cancel);
        return [.. topics.Select(topic => titles.Where(t => t.Topic == topic).MaxBy(t => t.Language == language)?.Title ?? topic)];
    }
}
