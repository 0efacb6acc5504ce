using System.Text.RegularExpressions;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>
/// A parser by precedence climbing for the subset of XPath 1.0 that ODK Collect, Enketo and ODK Web Forms share. Items are
/// reached by <c>${name}</c> only: paths are made when the form is rendered, so that moving a question cannot break another.
/// </summary>
internal sealed partial class ExpressionParser
{
    private const int Deepest = 40;

    /// <summary>The functions that may be called, with the fewest and most arguments.</summary>
    internal static readonly IReadOnlyDictionary<string, (int Fewest, int Most)> Functions = new Dictionary<string, (int, int)>
    {
        ["selected"] = (2, 2),
        ["count-selected"] = (1, 1),
        ["once"] = (1, 1),
        ["if"] = (3, 3),
        ["coalesce"] = (2, 2),
        ["pulldata"] = (4, 4),
        ["jr:choice-name"] = (2, 2),
        ["format-date"] = (2, 2),
        ["uuid"] = (0, 0),
        ["today"] = (0, 0),
        ["now"] = (0, 0),
        ["true"] = (0, 0),
        ["false"] = (0, 0),
        ["not"] = (1, 1),
        ["concat"] = (1, 50),
        ["string-length"] = (1, 1),
        ["regex"] = (2, 2),
        ["number"] = (1, 1),
        ["string"] = (1, 1),
        ["int"] = (1, 1),
        ["round"] = (1, 2),
        ["contains"] = (2, 2),
        ["starts-with"] = (2, 2),
        ["min"] = (1, 50),
        ["max"] = (1, 50),
        ["instance"] = (1, 1),
    };

    private static readonly Dictionary<string, int> Precedence = new()
    {
        ["or"] = 1,
        ["and"] = 2,
        ["="] = 3,
        ["!="] = 3,
        ["<"] = 4,
        ["<="] = 4,
        [">"] = 4,
        [">="] = 4,
        ["+"] = 5,
        ["-"] = 5,
        ["*"] = 6,
        ["div"] = 6,
        ["mod"] = 6,
    };

    [GeneratedRegex(@"\$\{([^{}]*)\}")]
    private static partial Regex ReferencePattern();

    internal static readonly Regex Reference = ReferencePattern();

    [GeneratedRegex(@"\G\s*(?:(?<ref>\$\{[^{}]*\})|(?<num>\d+(?:\.\d+)?)|(?<str>'[^']*'|""[^""]*"")|(?<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)|(?<op><=|>=|!=|[=<>+*/()\[\],.-]))")]
    private static partial Regex Token();

    private readonly List<(string Kind, string Text)> _tokens = [];
    private readonly List<string> _references = [];
    private readonly List<(string, string)> _files = [];
    private string? _predicateOf;
    private int _at, _depth;

    public static Expression Parse(string text, string? rowsOf)
    {
        if (text.Length > Expression.Longest) throw new ExpressionInvalid($"An expression has at most {Expression.Longest} characters.");
        var parser = new ExpressionParser { _predicateOf = rowsOf };
        parser.Tokenise(text);
        parser.Binary(1);
        if (parser._at < parser._tokens.Count) throw new ExpressionInvalid($"'{parser.Next.Text}' is not expected here.");
        return new(parser._references, parser._files);
    }

    private void Tokenise(string text)
    {
        text = text.TrimEnd();
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success) throw new ExpressionInvalid($"'{text[at..Math.Min(text.Length, at + 20)].Trim()}' cannot be read.");
            var group = match.Groups.Cast<Group>().Skip(1).First(g => g.Success);
            _tokens.Add((group.Name, group.Value));
            at += match.Length;
        }
    }

    private (string Kind, string Text) Next => _at < _tokens.Count ? _tokens[_at] : ("end", "the end");

    private bool Take(string text)
    {
        if (Next.Kind is "str" || Next.Text != text) return false;
        _at++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Take(text)) throw new ExpressionInvalid($"'{text}' is missing before '{Next.Text}'.");
    }

    private void Binary(int least)
    {
        if (++_depth > Deepest) throw new ExpressionInvalid("The expression is nested too deeply.");
        if (!Take("-")) Primary();
        else Binary(7);
        while (Next.Kind is "op" or "name" && Precedence.TryGetValue(Next.Text, out var binds) && binds >= least)
        {
            _at++;
            Binary(binds + 1);
        }
        _depth--;
    }

    private void Primary()
    {
        var (kind, text) = Next;
        _at++;
        switch (kind)
        {
            case "num":
                return;
            case "str":
                foreach (Match match in Reference.Matches(text)) _references.Add(match.Groups[1].Value); // jr:choice-name(${x}, '${x}')
                return;
            case "ref":
                _references.Add(text[2..^1]);
                return;
            case "name" when Take("("):
                Call(text);
                return;
            case "name" when _predicateOf is not null:
                _files.Add((_predicateOf, text));
                return;
            case "op" when text == "(":
                Binary(1);
                Expect(")");
                return;
            case "op" when text == ".":
                return;
            case "op" when text == "/" || text == "[":
                throw new ExpressionInvalid("Paths are not written out; give the item as ${name}.");
            default:
                throw new ExpressionInvalid($"'{text}' is not expected here.");
        }
    }

    private void Call(string function)
    {
        if (!Functions.TryGetValue(function, out var takes)) throw new ExpressionInvalid($"{function}() is not a function that every survey app knows.");
        var arguments = new List<string?>();
        if (!Take(")"))
        {
            do
            {
                var start = _at;
                Binary(1);
                arguments.Add(_at == start + 1 && _tokens[start].Kind == "str" ? _tokens[start].Text[1..^1] : null);
            }
            while (Take(","));
            Expect(")");
        }
        if (arguments.Count < takes.Fewest || arguments.Count > takes.Most) throw new ExpressionInvalid($"{function}() is given {arguments.Count} arguments.");
        if (function == "pulldata") PullData(arguments);
        if (function == "instance") Rows(arguments[0]);
    }

    private void PullData(List<string?> arguments)
    {
        if (arguments is not [{ } instance, { } column, { } key, _]) throw new ExpressionInvalid("pulldata() takes the list and its two columns in quotes.");
        _files.Add((instance, column));
        _files.Add((instance, key));
    }

    /// <summary><c>instance('workers')/root/item[card = ${card}]/name</c></summary>
    private void Rows(string? instance)
    {
        if (instance is null || _predicateOf is not null) throw new ExpressionInvalid("instance() takes the list in quotes, and none within another.");
        foreach (var step in new[] { "/", "root", "/", "item" }) Expect(step);
        if (Take("["))
        {
            _predicateOf = instance;
            Binary(1);
            _predicateOf = null;
            Expect("]");
        }
        Expect("/");
        if (Next.Kind != "name") throw new ExpressionInvalid("A column is missing after instance().");
        _files.Add((instance, Next.Text));
        _at++;
    }
}
