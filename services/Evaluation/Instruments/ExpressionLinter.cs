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
                    yield return new("expression_not_valid", item.Name, null, $"{member}: {problem}");
                    continue;
                }
                foreach (var wrong in Unknown(expression, named)) yield return new(wrong.Code, item.Name, null, $"{member}: {wrong.Sentence}");
                if (item.Dependencies.Contains(text)) waitsFor[item.Name] = [.. waitsFor.GetValueOrDefault(item.Name, []), .. expression.References];
            }
            // What is in a group is relevant only when the group is.
            if (placed.Groups.Count > 0) waitsFor[item.Name] = [.. waitsFor.GetValueOrDefault(item.Name, []), placed.Groups[^1].Name];
        }
        foreach (var name in Circular(waitsFor))
            yield return new("expression_circular", name, null, "Whether it is asked, or what it is worth, depends on itself.");

        if (form.InstanceName is null) yield break;
        if (Read(form.InstanceName, null, out var why) is not { } instanceName) yield return new("expression_not_valid", null, null, $"instanceName: {why}");
        else
            foreach (var wrong in Unknown(instanceName, named)) yield return new(wrong.Code, null, null, $"instanceName: {wrong.Sentence}");
    }

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
            if (!named.Contains(reference)) yield return ("reference_unknown", $"there is no item {reference}.");
            else if (named[reference].First().Item.Type is ItemType.Group or ItemType.Note) yield return ("reference_without_value", $"{reference} has no value.");
        }
        foreach (var (instance, column) in expression.Files.Distinct())
        {
            if (ExternalFiles.OfInstance(instance) is not { } file) yield return ("file_unknown", $"the list '{instance}' does not go with the form.");
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
