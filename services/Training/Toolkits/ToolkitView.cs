using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;

namespace BetterConnections.Training.Toolkits;

/// <param name="Published">Number of the version in use; null until there is one.</param>
/// <param name="Title">Of the version in use, in the default language.</param>
/// <param name="Languages">In which the version in use is complete.</param>
public sealed record ToolkitView(Guid Id, string Code, string Topic, Audience Audience, string DefaultLanguage, int? Published, string? Title, IReadOnlyList<string> Languages);

public sealed record TitleAndSummary([Required, StringLength(200, MinimumLength = 1)] string Title, [Required, StringLength(1000)] string Summary);

public sealed record LessonWords([Required, StringLength(200, MinimumLength = 1)] string Title, [Required, StringLength(20_000, MinimumLength = 1)] string Body);
