using System.Globalization;
using System.Text.RegularExpressions;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions.OData;

/// <summary>The query options that are understood. What is not is a 501, as OData wants it, and never left out of account.</summary>
/// <param name="Top">The most rows wanted in all; null for every one.</param>
/// <param name="After">Our own mark in a next link: the last row of the page before.</param>
public sealed partial record ODataQuery(int? Top, int Skip, bool Count, long After, string? FilterText, Func<IQueryable<Submission>, IQueryable<Submission>> Filter)
{
    [GeneratedRegex(@"\A__system/submissionDate (ge|gt|le|lt|eq) (\S+)\z")]
    private static partial Regex Date();

    [GeneratedRegex(@"\A__system/reviewState eq '(\w+)'\z")]
    private static partial Regex Review();

    /// <exception cref="Refused">501 odata_not_supported</exception>
    /// <exception cref="BadInput">odata_not_valid</exception>
    public static ODataQuery Parse(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(k => k.StartsWith('$') && k is not ("$top" or "$skip" or "$count" or "$filter" or "$skiptoken" or "$format")) is { } unknown)
            throw NotSupported(unknown);
        if (query["$format"].ToString() is not ("" or "json" or "application/json")) throw NotSupported("$format other than json");
        var filter = query["$filter"].ToString();
        return new(query.ContainsKey("$top") ? Number(query, "$top") : null, Number(query, "$skip"), query["$count"].ToString() switch
        {
            "" or "false" => false, "true" => true, _ => throw new BadInput("odata_not_valid", "$count is true or false."),
        }, long.TryParse(query["$skiptoken"], NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0, filter.Length > 0 ? filter : null, FilterOf(filter));
    }

    private static int Number(IQueryCollection query, string option) => query[option].ToString() is not { Length: > 0 } text ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new BadInput("odata_not_valid", $"{option} is a whole number, 0 or more.");

    private static Func<IQueryable<Submission>, IQueryable<Submission>> FilterOf(string text)
    {
        Func<IQueryable<Submission>, IQueryable<Submission>> filter = all => all;
        foreach (var term in text.Split(" and ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (before, next) = (filter, TermOf(term));
            filter = all => next(before(all));
        }
        return filter;
    }

    private static Func<IQueryable<Submission>, IQueryable<Submission>> TermOf(string term)
    {
        if (Review().Match(term) is { Success: true } review && Enum.TryParse<ReviewState>(review.Groups[1].Value, ignoreCase: true, out var state) && Enum.IsDefined(state))
            return all => all.Where(s => s.ReviewState == state);
        if (Date().Match(term) is not { Success: true } match) throw NotSupported($"the filter \"{term}\"");
        if (!DateTimeOffset.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            throw new BadInput("odata_not_valid", $"{match.Groups[2].Value} is no date and time.");
        return match.Groups[1].Value switch
        {
            "ge" => all => all.Where(s => s.ReceivedAt >= at),
            "gt" => all => all.Where(s => s.ReceivedAt > at),
            "le" => all => all.Where(s => s.ReceivedAt <= at),
            "lt" => all => all.Where(s => s.ReceivedAt < at),
            _ => all => all.Where(s => s.ReceivedAt == at),
        };
    }

    private static Refused NotSupported(string what) => new(StatusCodes.Status501NotImplemented, "odata_not_supported",
        $"Not supported here: {what}. There are $top, $skip, $count and $filter on __system/submissionDate and __system/reviewState.");
}
