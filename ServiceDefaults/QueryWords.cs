using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace BetterConnections.ServiceDefaults;

/// <summary>
/// An enum in a query is a word, as it is in JSON. The framework would also take its number, numbers that are no value at all
/// (<c>?state=99</c>) and several words at once (<c>?state=Open,Closed</c>), and answer something that nobody asked for.
/// </summary>
internal static class QueryWords
{
    public static IApplicationBuilder UseQueryWords(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        foreach (var parameter in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
            if (EnumOf(parameter.ParameterInfo.ParameterType) is { } type)
                foreach (var value in http.Request.Query[parameter.Name])
                    if (value is { Length: > 0 } && !Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase))
                        throw new BadInput("request_not_readable", $"{parameter.Name} is one of {string.Join(", ", Enum.GetNames(type))}.");
        return next(http);
    });

    private static Type? EnumOf(Type type)
    {
        type = type.IsArray ? type.GetElementType()! : type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? type : null;
    }
}
