using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace BetterConnections.ServiceDefaults;

/// <summary>What every service has alike. A service adds <c>AddValidation()</c> itself: its generator sees only the calling assembly.</summary>
public static class Defaults
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddLogging();
        builder.AddTelemetry();
        builder.AddSignIn();
        builder.Services.AddProblems();
        Draining.Add(builder.Services);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new Clock())); // sign-in has added the system's own
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow; // a misspelt member is a 400, not a silent loss
            o.SerializerOptions.AllowDuplicateProperties = false; // which of the two counts differs between readers, and one of them may be the one that checks
            o.SerializerOptions.RespectNullableAnnotations = true;
            o.SerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullElements } };
        });
        builder.Services.AddOpenApi(service, o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = $"Better Connections: {service}";
            document.Servers = []; // the gateway's own address, wherever the document is read
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
            return Task.CompletedTask;
        }));
        // Services are reached through the gateway only, on a network that outsiders cannot enter, so its word is taken.
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost
                | ForwardedHeaders.XForwardedPrefix;
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
        });
        return builder;
    }

    /// <summary>
    /// A null among a list's elements or a dictionary's values is a 400 too: the serializer's own check of nullable annotations ends at the
    /// list, and none of this system means anything by a null.
    /// </summary>
    private static void RefuseNullElements(JsonTypeInfo type)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary) type.OnDeserialized = list =>
        {
            foreach (var element in list is IDictionary { Values: var values } ? values : (IEnumerable)list)
                if (element is null) throw new JsonException("A list has a null among its elements.");
        };
    }

    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        // The database refuses this character too, but only once a streamed answer has begun.
        app.Use((http, next) => http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true ? next(http)
            : throw new BadInput("text_not_storable", "A text in the request holds the character U+0000."));
        app.UseRouting();
        app.UseSpanNames();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseQueryWords();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>
    /// Answers requests until it is stopped. With the argument <c>--migrate</c> it ends at once instead: what a program does before it serves is to
    /// bring its database up to date, so a deployment can have that done, however long it takes, before it replaces the first replica.
    /// </summary>
    public static Task ServeAsync(this WebApplication app, string[] args) => args.Contains("--migrate") ? Task.CompletedTask : app.RunAsync();
}
