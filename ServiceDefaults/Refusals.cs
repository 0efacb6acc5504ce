using Microsoft.AspNetCore.Http;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// A request that is refused and has changed nothing. It reaches the caller as problem details (RFC 9457) with
/// <paramref name="code"/> as the stable word a program can rely on and <paramref name="sentence"/> as what a person reads.
/// </summary>
public abstract class Refusal(int status, string code, string sentence) : Exception(sentence)
{
    public int Status { get; } = status;
    public string Code { get; } = code;

    /// <summary>Further members of the problem document, e.g. which checklist items are missing.</summary>
    public Dictionary<string, object?> Details { get; } = [];

    public Refusal With(string name, object? value)
    {
        Details[name] = value;
        return this;
    }
}

/// <summary>409: the request is well formed, but a rule of the programme or the present state forbids it.</summary>
public sealed class RuleBroken(string code, string sentence) : Refusal(StatusCodes.Status409Conflict, code, sentence);

/// <summary>404: there is no such thing, or it is not the caller's to see; the two are not told apart.</summary>
public sealed class NotThere(string code, string sentence) : Refusal(StatusCodes.Status404NotFound, code, sentence);

/// <summary>400: the request itself cannot be understood.</summary>
public sealed class BadInput(string code, string sentence) : Refusal(StatusCodes.Status400BadRequest, code, sentence);

/// <summary>Any other status, for the few protocol answers that have one of their own (412, 413, 422, 428, …).</summary>
public sealed class Refused(int status, string code, string sentence) : Refusal(status, code, sentence);
