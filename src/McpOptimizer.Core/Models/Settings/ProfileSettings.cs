namespace McpOptimizer.Core.Models.Settings;

/// <summary>What callers of one profile may see and therefore call. Every rule that is given must allow a tool.</summary>
public sealed class ProfileSettings
{
    /// <summary>Groups whose servers are visible; empty for all that <c>Ingestion:AllowedGroups</c> allows.</summary>
    public IList<string> Groups { get; set; } = [];

    /// <summary>Names of visible servers, <c>*</c> for any text; empty for all.</summary>
    public IList<string> Servers { get; set; } = [];

    /// <summary>
    /// Visible tools as <c>server/tool</c>, <c>*</c> for any text; empty for all. Resources (as <c>server/address</c>) and prompts
    /// (as <c>server/prompt</c>) need a pattern that fits too.
    /// </summary>
    public IList<string> AllowTools { get; set; } = [];

    /// <summary>Hidden tools, resources and prompts, written as in <see cref="AllowTools"/> and stronger.</summary>
    public IList<string> DenyTools { get; set; } = [];

    /// <summary>
    /// Whether only tools that declare themselves read-only are visible, and nothing can be installed. Reading resources and rendering prompts changes nothing and stays possible.
    /// The declaration is the server's own word: <see cref="BelieveHintsOf"/> says whose is believed.
    /// </summary>
    /// <value>False.</value>
    public bool ReadOnly { get; set; }

    /// <summary>With <see cref="ReadOnly"/>, the servers whose declarations are believed, <c>*</c> for any text; tools of all others stay hidden. Empty to believe every server.</summary>
    public IList<string> BelieveHintsOf { get; set; } = [];

    /// <summary>
    /// Most searches, calls, readings of resources and renderings of prompts a minute, all callers of the profile together; null for no limit.
    /// </summary>
    /// <value>Null; 1 to 1,000,000.</value>
    public int? CallsPerMinute { get; set; }

    /// <summary>Most of them at the same time; further ones wait their turn. Null for no limit.</summary>
    /// <value>Null; 1 to 10,000.</value>
    public int? MaxConcurrentCalls { get; set; }

    /// <summary>Whether the use that callers of this profile make of tools is learned from, where <c>Learning:Enabled</c> turns that on.</summary>
    /// <value>True.</value>
    public bool Learning { get; set; } = true;

    /// <summary>
    /// Subjects (names of bearer tokens, and with sign-in <c>user:SUBJECT</c> and <c>group:NAME</c>) that always have this profile and can address no other.
    /// As soon as one profile has some, a subject that no profile names has <see cref="McpOptimizerOptions.DefaultProfile"/>, or sees nothing. A caller's own name is
    /// stronger than his groups; one whose groups have several profiles addresses the one he wants, and has the default only if it is among them.
    /// </summary>
    public IList<string> Subjects { get; set; } = [];
}
