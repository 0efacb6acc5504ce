namespace BetterConnections.Evaluation.Instruments;

/// <summary>What an expression of a form asks for: other items as <c>${name}</c>, columns of the lists that go with the form.</summary>
/// <param name="References">Names of items.</param>
/// <param name="Files">Instances that it reads, e.g. <c>workers</c>, with each column read.</param>
public sealed record Expression(IReadOnlyList<string> References, IReadOnlyList<(string Instance, string Column)> Files)
{
    public const int Longest = 2000;

    /// <param name="rowsOf">The instance whose columns stand in it as bare names; null where there are none.</param>
    /// <exception cref="ExpressionInvalid">It is not in the subset of XPath that every survey app understands.</exception>
    public static Expression Parse(string text, string? rowsOf = null) => ExpressionParser.Parse(text, rowsOf);

    /// <summary>The same in XPath, as pyxform writes it: each <c>${name}</c> becomes the node's path with a space on either side.</summary>
    public static string ToXPath(string text, IReadOnlyDictionary<string, string> paths) =>
        ExpressionParser.Reference.Replace(text, match => $" {paths[match.Groups[1].Value]} ");
}

/// <summary>Why an expression is refused, for its author.</summary>
public sealed class ExpressionInvalid(string sentence) : Exception(sentence);
