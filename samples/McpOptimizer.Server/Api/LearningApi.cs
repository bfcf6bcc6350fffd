using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/learning</c> and <c>POST /api/forget</c>: what is remembered of how tools are used. For administrators.</summary>
internal static class LearningApi
{
    public static IReadOnlyList<ApiEndpoint> Endpoints { get; } =
    [
        new ApiEndpoint
        {
            Path = "/api/learning",
            Summary = "How much is remembered of how tools are used, by profile.",
            Answer = ApiJson.Default.LearningBody,
            IsForAdmins = true,
            Handle = async request => new LearningBody(await request.Service<ILearningService>().ListAsync(request.Aborted)),
        },
        new ApiEndpoint
        {
            Method = HttpMethods.Post,
            Path = "/api/forget",
            Summary = "Deletes of what is remembered what fits all members given, or all of it.",
            Body = ApiJson.Default.ForgetBody,
            Answer = ApiJson.Default.ForgottenAnswer,
            IsForAdmins = true,
            Handle = async request =>
            {
                ForgetBody body = await request.ReadAsync(ApiJson.Default.ForgetBody);
                return new ForgottenAnswer(await request.Service<ILearningService>().ForgetAsync(
                    ForgetRequests.Of(body.Profile, body.Subject, body.Server, body.Tool, body.Before, body.All), request.Aborted));
            },
        },
    ];
}
