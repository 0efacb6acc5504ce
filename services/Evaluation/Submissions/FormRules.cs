using System.Globalization;
using System.Xml;
using System.Xml.XPath;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>Something that the form does not allow. Stored as <c>item:code</c>.</summary>
/// <param name="Code">
/// <c>item_unknown</c>, <c>several_answers</c>, <c>choice_unknown</c>, <c>not_a_number</c>, <c>not_a_date</c>, <c>out_of_bounds</c> (the item's constraint).
/// </param>
public sealed record AnswerProblem(string Item, string Code)
{
    /// <returns>Null where nobody looked.</returns>
    public static IReadOnlyList<AnswerProblem>? Read(string[]? stored) =>
        stored is null ? null : [.. stored.Select(p => new AnswerProblem(p[..p.LastIndexOf(':')], p[(p.LastIndexOf(':') + 1)..]))];

    public override string ToString() => $"{Item}:{Code}";
}

/// <summary>
/// What a published form lets be answered: its items, their choices and types, and the constraints that survey apps hold answers to. Whether
/// an item had to be answered, or was to be asked at all, is not judged; nor is a constraint about dates, on an item without an answer, or with a
/// function that only the phone can answer.
/// </summary>
public sealed class FormRules
{
    private const int MostProblems = 100; // of a submission; whoever sends nonsense need not fill the database with its names
    private readonly InstrumentDefinition _form;
    private readonly Dictionary<string, Item> _items;
    private readonly Dictionary<string, (XPathExpression Expression, IReadOnlyList<string> Reads)> _constraints = [];

    public FormRules(InstrumentDefinition form)
    {
        (_form, _items) = (form, FormColumns.Answered(form).ToDictionary(i => i.Name));
        var paths = form.Placed().ToDictionary(p => p.Item.Name, p => $"/data/{p.Item.Name}");
        var dates = form.Placed().Where(p => p.Item.Type is ItemType.Date or ItemType.Today or ItemType.Start or ItemType.End).Select(p => p.Item.Name).ToHashSet();
        foreach (var item in _items.Values.Where(i => i.Constraint is not null && !dates.Contains(i.Name)))
        {
            var reads = Expression.Parse(item.Constraint!).References;
            if (!reads.Any(dates.Contains) && FormFunctions.Compile(Expression.ToXPath(item.Constraint!, paths)) is { } constraint) _constraints[item.Name] = (constraint, reads);
        }
    }

    public bool Has(string item) => _items.ContainsKey(item);

    /// <param name="answers">Texts by item; empty ones are no answers.</param>
    public IReadOnlyList<AnswerProblem> ProblemsOf(IReadOnlyDictionary<string, List<string>> answers)
    {
        var problems = new List<AnswerProblem>();
        XPathNavigator? filled = null;
        foreach (var (name, texts) in answers)
        {
            var given = texts.Where(t => t.Length > 0).ToList();
            if (given.Count > 0 && ProblemOf(name, given, ref filled, answers) is { } code) problems.Add(new(name, code));
            if (problems.Count == MostProblems) break;
        }
        return problems;
    }

    private string? ProblemOf(string name, List<string> given, ref XPathNavigator? filled, IReadOnlyDictionary<string, List<string>> answers)
    {
        if (!_items.TryGetValue(name, out var item)) return "item_unknown";
        if (given.Count > 1) return "several_answers";
        if (MisfitOf(item, given[0]) is { } misfit) return misfit;
        if (!_constraints.TryGetValue(name, out var constraint) || !constraint.Reads.All(r => answers.TryGetValue(r, out var other) && other[0].Length > 0)) return null;
        filled ??= Filled(answers);
        return FormFunctions.IsTrue(constraint.Expression, filled.SelectSingleNode($"/data/{name}")!) ? null : "out_of_bounds";
    }

    private string? MisfitOf(Item item, string text) => item.Type switch
    {
        ItemType.SelectOne => IsChoice(item, text) ? null : "choice_unknown",
        ItemType.SelectMultiple => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } choices && choices.All(c => IsChoice(item, c)) ? null : "choice_unknown",
        ItemType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "not_a_number",
        ItemType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "not_a_number",
        ItemType.Date or ItemType.Today => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : "not_a_date",
        _ => null,
    };

    private bool IsChoice(Item item, string text) => _form.ScaleNamed(item.Scale)?.Choices.Any(c => c.Value == text) == true;

    /// <summary>The answers as the form's own expressions reach them.</summary>
    private XPathNavigator Filled(IReadOnlyDictionary<string, List<string>> answers)
    {
        var document = new XmlDocument { XmlResolver = null };
        var data = document.AppendChild(document.CreateElement("data"))!;
        foreach (var (name, texts) in answers)
            if (_items.ContainsKey(name)) data.AppendChild(document.CreateElement(name))!.InnerText = texts[0];
        return document.CreateNavigator()!;
    }
}
