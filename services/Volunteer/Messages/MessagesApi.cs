using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers.Messages;

public static class MessagesApi
{
    /// <summary>Mail by SMTP where <c>Mail:Host</c> is set, stored otherwise; which, the log says at the start.</summary>
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Mail").Get<MailSettings>() ?? new();
        if (settings.Host.Length > 0 && settings.From.Length == 0) throw new InvalidOperationException("Mail:Host is set, but Mail:From, the sender's address, is not.");
        builder.Services.AddSingleton(settings);
        if (settings.Host.Length > 0) builder.Services.AddScoped<IMailer, SmtpMailer>();
        else builder.Services.AddScoped<IMailer, StoredMailer>();
        builder.Services.AddSingleton<MessageSender>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MessageSender>());
        builder.Services.AddHealthChecks().AddCheck<MessagesCheck>("messages");
    }

    public static void MapMessages(this WebApplication app)
    {
        if (app.Services.GetRequiredService<MailSettings>().Host.Length == 0)
            app.Logger.LogWarning("Mail:Host is not set: messages to volunteers are stored in sent_mail and reach nobody");

        var messages = app.MapGroup("/api/volunteer/messages").WithTags("Messages");
        messages.MapGet("/", ReadMessages.List).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner));
        messages.MapPost("/", WriteToAssigned.Handle).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice, Roles.TrainingPartner));
        messages.MapPost("/{id:guid}/retry", RetryMessage.Handle).RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        app.MapGet("/api/volunteer/sent-mail", ReadMessages.Stored).WithTags("Messages").RequireAuthorization(Access.ForRoles(Roles.ProgrammeOffice));
        app.MapGet("/api/volunteer/me/messages", ReadMessages.Own).WithTags("Messages").RequireAuthorization(Access.ForRoles(Roles.Volunteer));
    }
}
