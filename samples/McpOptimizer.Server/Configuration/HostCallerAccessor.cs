using Hosting;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Configuration;

/// <summary>The caller as the host knows it: profile from the path, subject from the token.</summary>
internal sealed class HostCallerAccessor : ICallerAccessor
{
    public CallerIdentity Current => McpRequestContext.Current is { Profile: null, Subject: null }
        ? CallerIdentity.Anonymous
        : new CallerIdentity { Profile = McpRequestContext.Current.Profile, Subject = McpRequestContext.Current.Subject };
}
