using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.XPath;
using System.Xml.Xsl;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>The functions that forms have beside those of XPath 1.0, as ODK XForms defines them, as far as a constraint can ask for them here.</summary>
internal sealed class FormFunctions : XsltContext
{
    private static readonly TimeSpan PatternWithin = TimeSpan.FromMilliseconds(100);
    private static readonly FormFunctions Known = new();

    private static readonly Dictionary<string, Function> Functions = new()
    {
        ["selected"] = new(2, XPathResultType.Boolean, a => Choices(a[0]).Contains(a[1])),
        ["count-selected"] = new(1, XPathResultType.Number, a => (double)Choices(a[0]).Length),
        ["regex"] = new(2, XPathResultType.Boolean, a => Regex.IsMatch(a[0], a[1], RegexOptions.CultureInvariant, PatternWithin)),
        ["coalesce"] = new(2, XPathResultType.String, a => a[0].Length > 0 ? a[0] : a[1]),
        ["int"] = new(1, XPathResultType.Number, a => Math.Truncate(double.TryParse(a[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)),
    };

    /// <summary>Null where the expression calls a function that cannot be answered here.</summary>
    public static XPathExpression? Compile(string expression)
    {
        try
        {
            var compiled = XPathExpression.Compile(expression);
            compiled.SetContext(Known);
            return compiled;
        }
        catch (XPathException)
        {
            return null;
        }
    }

    /// <summary>What takes too long, or turns out to be no pattern, is not held against who answered.</summary>
    public static bool IsTrue(XPathExpression constraint, XPathNavigator answer)
    {
        try
        {
            return answer.Evaluate(constraint.Clone()) switch // a compiled one keeps where it is
            {
                bool isTrue => isTrue,
                double number => number != 0,
                string text => text.Length > 0,
                XPathNodeIterator nodes => nodes.Count > 0,
                _ => true,
            };
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentException)
        {
            return true;
        }
    }

    public override IXsltContextFunction ResolveFunction(string prefix, string name, XPathResultType[] argTypes) =>
        prefix.Length == 0 && Functions.TryGetValue(name, out var function) ? function : throw new XPathException($"{name}() cannot be answered here.");

    public override IXsltContextVariable ResolveVariable(string prefix, string name) => throw new XPathException("Forms have no variables.");

    public override bool Whitespace => true;

    public override bool PreserveWhitespace(XPathNavigator node) => true;

    public override int CompareDocument(string baseUri, string nextbaseUri) => 0;

    private static string[] Choices(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed class Function(int arguments, XPathResultType returns, Func<string[], object> answer) : IXsltContextFunction
    {
        public int Minargs => arguments;
        public int Maxargs => arguments;
        public XPathResultType ReturnType => returns;
        public XPathResultType[] ArgTypes { get; } = [.. Enumerable.Repeat(XPathResultType.Any, arguments)];

        public object Invoke(XsltContext xsltContext, object[] args, XPathNavigator docContext) => answer([.. args.Select(Text)]);

        private static string Text(object argument) => argument switch
        {
            XPathNodeIterator nodes => nodes.MoveNext() ? nodes.Current!.Value : "",
            double number => number.ToString(CultureInfo.InvariantCulture),
            _ => argument.ToString() ?? "",
        };
    }
}
