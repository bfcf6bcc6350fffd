using System.Text.Json;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/doctor</c>: the report on what the caller may see. One at a time: it uses all processors.</summary>
internal static class DoctorApi
{
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/doctor",
        Summary = "What is wrong with the catalogue, what would help, and what the help was measured to do. 429 while another report is being made.",
        Parameters = [ApiParameter.Profile],
        Answer = ApiJson.Default.JsonElement,
        AnswerSchema = ApiSchemas.Report,
        Handle = AnswerAsync,
    };

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        if (!await Turn.WaitAsync(TimeSpan.Zero, request.Aborted))
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, "Another report is being made; ask again in a few seconds.");
        }

        try
        {
            return JsonElement.Parse((await request.Service<IDoctorService>().ExamineAsync(request.Caller, cancellationToken: request.Aborted)).ToJson(), JsonText.Reading);
        }
        finally
        {
            Turn.Release();
        }
    }
}
