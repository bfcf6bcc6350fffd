using Hosting.Configuration;
using Hosting.Http;
using Hosting.Stdio;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting;

/// <summary>Runs an MCP server over HTTP or stdio. What the server offers is the caller's; how it is reached, guarded and stopped is here.</summary>
public static class McpHost
{
    /// <summary>Runs until stopped. A fault of the configuration, or a port in use, is one sentence on standard error.</summary>
    /// <param name="options">The host's defaults; configuration section <c>Host</c> is read over them.</param>
    /// <param name="args">The command line: <c>--stdio</c>, <c>--urls ADDRESS</c>, and any <c>--Section:Key value</c>.</param>
    /// <param name="configure">Registers services and calls <c>builder.Services.AddMcpServer().WithTools(...)</c>.</param>
    /// <param name="map">Maps further routes; not called in stdio mode.</param>
    /// <param name="cancellationToken">Stops the host like a signal does: running calls may finish.</param>
    /// <returns>0 after an orderly stop, 1 when the host could not start, 2 when the configuration is at fault.</returns>
    public static async Task<int> RunAsync(
        McpHostOptions options,
        string[] args,
        Action<IHostApplicationBuilder> configure,
        Action<WebApplication>? map = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            using IHost host = Build(options, args, configure, map);
            await host.RunAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (StartFault.Explain(exception) is not null)
        {
            StartFault fault = StartFault.Explain(exception)!;
            await Console.Error.WriteLineAsync(fault.Sentence);
            return fault.ExitCode;
        }
    }

    /// <summary>The same host, built but not started; a <see cref="WebApplication"/> unless the options ask for stdio.</summary>
    /// <exception cref="McpHostConfigurationException">The options are at fault; the message names every fault.</exception>
    public static IHost Build(McpHostOptions options, string[] args, Action<IHostApplicationBuilder> configure, Action<WebApplication>? map = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);

        string[] settings = CommandLine.Expand(args);

        // The settings file is the one beside the program: a host started by a client must not read one from whatever folder it was started in.
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        OptionsBinding.Bind(options, builder.Configuration.GetSection(OptionsBinding.SectionName));
        OptionsValidation.Validate(options, builder.Configuration);
        if (options.Stdio)
        {
            return StdioHost.Build(builder, options, configure);
        }

        ((IDisposable)builder.Configuration).Dispose();
        return HttpHost.Build(settings, options, configure, map);
    }

    /// <summary>What both transports have in common.</summary>
    internal static void AddServer(IHostApplicationBuilder builder, McpHostOptions options, Action<IHostApplicationBuilder> configure)
    {
        builder.Services.AddSingleton(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);
        builder.Services.AddSingleton<IConfigureOptions<McpServerOptions>, ServerDefaults>();
        builder.Services.Configure<LoggerFilterOptions>(QuietFrameworks);
        configure(builder);
        builder.Services.AddMcpServer();
        builder.Services.TryAddSingleton(TimeProvider.System);
    }

    /// <summary>Several lines for each request help nobody. First in the list, so that a rule of the configuration wins.</summary>
    private static void QuietFrameworks(LoggerFilterOptions filter)
    {
        foreach (string category in new[] { "Microsoft.AspNetCore", "ModelContextProtocol" })
        {
            filter.Rules.Insert(0, new LoggerFilterRule(null, category, LogLevel.Warning, null));
        }
    }
}
