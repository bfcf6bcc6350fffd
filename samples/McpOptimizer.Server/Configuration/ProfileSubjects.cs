using Hosting;
using McpOptimizer.Core;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Configuration;

/// <summary>A profile's subjects are names of tokens, and users and groups that sign in: a name that nobody can have would silently bind nobody, and leave its owner with other rights than were meant.</summary>
internal sealed class ProfileSubjects(McpHostOptions host) : IValidateOptions<McpOptimizerOptions>
{
    public ValidateOptionsResult Validate(string? name, McpOptimizerOptions options)
    {
        // Over stdio there is one caller and no token; the settings may still serve an HTTP host too.
        if (host.Stdio && host.Subjects.Count == 0)
        {
            return ValidateOptionsResult.Success;
        }

        string[] faults =
        [
            .. from profile in options.Profiles
               from subject in profile.Value.Subjects
               let fault = host.FindSubjectFault(subject)
               where fault is not null
               select $"McpOptimizer:Profiles:{profile.Key}:Subjects names '{VisibleText.Shorten(subject)}', but {fault}",
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
