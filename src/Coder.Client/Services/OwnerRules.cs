using System.Text.RegularExpressions;

namespace Coder.Client.Services;

/// <summary>Whose agents are meant. The text becomes part of a search, so it may be nothing but a user name.</summary>
internal static partial class OwnerRules
{
    public static bool IsLegal(string owner) => owner == "*" || UserName().IsMatch(owner);

    /// <summary>The owner to use: the given one, or the configured one.</summary>
    public static string Resolve(string? given, string configured, bool allowAll)
    {
        string owner = given ?? configured;
        if (owner == "*" && !allowAll)
        {
            throw Faults.Invalid("owner", owner, "Owner '*' cannot be used here: an agent's name is unique only for one owner. Name the owner.");
        }

        return IsLegal(owner)
            ? owner
            : throw Faults.Invalid(
                "owner",
                owner,
                $"Owner '{VisibleText.Shorten(owner, 60)}' is not a user name: letters, digits and single hyphens, 'me', or '*' for all.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\z")]
    private static partial Regex UserName();
}
