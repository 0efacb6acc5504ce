namespace BetterConnections.Evaluation.Instruments;

/// <summary>The part of <see cref="Linter"/> that reads expressions: what they name is there, and none waits for itself.</summary>
internal static class ExpressionLinter
{
    public static IEnumerable<Problem> Check(InstrumentDefinition form, IReadOnlyList<PlacedItem> items)
    {
        var named = items.ToLookup(i => i.Item.Name);
        var waitsFor = new Dictionary<string, HashSet<string>>();
        foreach (var placed in items)
        {
            var item = placed.Item;
            foreach (var (member, text, rowsOf) in item.Expressions)
            {
                if (Read(text, rowsOf, out var problem) is not { } expression)
                {
                    yield return new("expression_not_valid", item.Name, member, null, problem!);
                    continue;
                }
                foreach (var wrong in Unknown(expression, named).Distinct()) yield return new(wrong.Code, item.Name, member, null, wrong.Sentence);
                if (item.Dependencies.Contains(text)) waitsFor[item.Name] = [.. waitsFor.GetValueOrDefault(item.Name, []), .. expression.References];
            }
            // What is in a group is relevant only when the group is.
            if (placed.Groups.Count > 0) waitsFor[item.Name] = [.. waitsFor.GetValueOrDefault(item.Name, []), placed.Groups[^1].Name];
        }
        foreach (var name in Circular(waitsFor))
            yield return new("expression_circular", name, MemberOf(named[name].First().Item), null, "Whether it is asked, or what it is worth, depends on itself.");

        if (form.InstanceName is null) yield break;
        if (Read(form.InstanceName, null, out var why) is not { } instanceName) yield return new("expression_not_valid", null, "instanceName", null, why!);
        else
            foreach (var wrong in Unknown(instanceName, named).Distinct()) yield return new(wrong.Code, null, "instanceName", null, wrong.Sentence);
    }

    /// <summary>Of an item in a circle: the first expression that waits for another item; a group's members are in its circle without one.</summary>
    private static string MemberOf(Item item) => item.Expressions.Where(e => item.Dependencies.Contains(e.Text)).Select(e => e.Member).FirstOrDefault("relevant");

    private static Expression? Read(string text, string? rowsOf, out string? problem)
    {
        problem = null;
        try
        {
            return Expression.Parse(text, rowsOf);
        }
        catch (ExpressionInvalid invalid)
        {
            problem = invalid.Message;
            return null;
        }
    }

    private static IEnumerable<(string Code, string Sentence)> Unknown(Expression expression, ILookup<string, PlacedItem> named)
    {
        foreach (var reference in expression.References.Distinct())
        {
            if (!named.Contains(reference)) yield return ("reference_unknown", $"There is no item {reference}.");
            else if (named[reference].First().Item.Type is ItemType.Group or ItemType.Note) yield return ("reference_without_value", $"{reference} has no value.");
        }
        foreach (var (instance, column) in expression.Files.Distinct())
        {
            if (ExternalFiles.OfInstance(instance) is not { } file) yield return ("file_unknown", $"The list '{instance}' does not go with the form.");
            else if (!ExternalFiles.Columns[file].Contains(column)) yield return ("file_column_unknown", $"{file} has no column '{column}'.");
        }
    }

    private static IEnumerable<string> Circular(Dictionary<string, HashSet<string>> waitsFor)
    {
        foreach (var name in waitsFor.Keys)
        {
            var (seen, next) = (new HashSet<string>(), new Stack<string>([name]));
            while (next.TryPop(out var at))
                foreach (var other in waitsFor.GetValueOrDefault(at, []).Where(seen.Add)) next.Push(other);
            if (seen.Contains(name)) yield return name;
        }
    }
}
