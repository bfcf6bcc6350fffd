using Hosting.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Hosting.Configuration;

/// <summary>A reason not to start that the person who runs the host can mend, in one sentence.</summary>
internal sealed record StartFault(int ExitCode, string Sentence)
{
    private const int AddressTaken = 4;

    public static StartFault? Explain(Exception exception) => exception switch
    {
        McpHostConfigurationException or OptionsValidationException => new StartFault(2, exception.Message),
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            new StartFault(2, string.Join("; ", many.InnerExceptions.Select(inner => inner.Message))),
        InvalidDataException => new StartFault(2, $"{exception.Message} {exception.InnerException?.Message}".Trim()),
        AddressTakenException => new StartFault(AddressTaken, exception.Message),
        IOException { InnerException: AddressInUseException } =>
            new StartFault(AddressTaken, $"{exception.Message.TrimEnd('.')}: stop the program that uses it, or choose another port with --urls http://127.0.0.1:PORT (0 for any free one)."),
        IOException when exception.Message.StartsWith("Failed to bind", StringComparison.Ordinal) => new StartFault(1, exception.Message),
        System.Net.Sockets.SocketException => new StartFault(1, $"Cannot listen on the address in Host:Urls: {exception.Message}."),
        _ => null,
    };
}
