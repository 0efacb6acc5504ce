using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Quizzes;

public static class QuizzesApi
{
    public static void MapQuizzes(this IEndpointRouteBuilder app)
    {
        var attempts = app.MapGroup("/api/training/quiz-attempts").WithTags("Quizzes");
        attempts.MapPost("/", EnterQuizzes.Handle).RequireAuthorization(Access.ForRoles(Roles.Volunteer, Roles.TrainingPartner));
        attempts.MapPost("/mine", TakeQuiz.Handle).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
        attempts.MapGet("/mine", ReadAttempts.Mine).RequireAuthorization(Access.ForRoles(Roles.Volunteer));
    }
}
