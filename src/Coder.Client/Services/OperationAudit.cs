using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Coder.Client.Services;

/// <summary>Leaves a trace of everything that changes an agent: a span, a counter and a log line, with the name of the agent and no text of a task.</summary>
internal sealed partial class OperationAudit(FleetMetrics metrics, ILogger<OperationAudit> logger)
{
    public async Task<T> RunAsync<T>(string operation, string agentName, Func<Task<T>> run)
    {
        using Activity? activity = FleetMetrics.Source.StartActivity(operation);
        activity?.SetTag("agent.name", agentName);
        try
        {
            T result = await run().ConfigureAwait(false);
            metrics.Operation(operation, "ok");
            Done(logger, operation, agentName);
            return result;
        }
        catch (Exception e)
        {
            metrics.Operation(operation, "failed");
            activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            Failed(logger, operation, agentName, e.GetType().Name);
            throw;
        }
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "{Operation} of agent '{AgentName}' done.")]
    private static partial void Done(ILogger logger, string operation, string agentName);

    [LoggerMessage(EventId = 21, Level = LogLevel.Warning, Message = "{Operation} of agent '{AgentName}' failed: {Fault}.")]
    private static partial void Failed(ILogger logger, string operation, string agentName, string fault);
}
