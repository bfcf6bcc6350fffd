using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The phrases the scan knows. Every repetition is bounded, so that no text makes matching slow.</summary>
internal static partial class ScanRules
{
    /// <summary>From how many letters on a word is taken for encoded text.</summary>
    public const int LongWord = 240;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>All rules.</summary>
    public static IReadOnlyList<ScanRule> All { get; } =
    [
        new("ignore-instructions", FindingSeverity.High, "tells the model to set aside what it was told", IgnoreInstructions()),
        new("conceal", FindingSeverity.High, "tells the model to keep something from the user", Conceal()),
        new("conceal", FindingSeverity.Medium, "asks not to mention something to the user", ConcealMildly()),
        new("covert-action", FindingSeverity.High, "asks for something to be done unnoticed", CovertAction()),
        new("role-marker", FindingSeverity.High, "holds marks by which chat models tell speakers apart", RoleMarker()),
        new("emphasis-tag", FindingSeverity.Medium, "wraps orders in tags that readers do not need", EmphasisTag()),
        new("html-comment", FindingSeverity.Medium, "holds a comment that is not shown where the text is rendered", HtmlComment()),
        new("secret-file", FindingSeverity.High, "asks for the content of a file that holds secrets", ReadSecretFile(), ReadSecretFileHarmless()),
        new("secret-file", FindingSeverity.Low, "names a file that holds secrets", SecretFile()),
        new("collects-context", FindingSeverity.High, "asks for the conversation or the system prompt to be passed on", CollectsContext(), CollectsContextHarmless()),
        new("other-tools", FindingSeverity.Medium, "gives orders about other tools or servers", OtherTools()),
        new("encoded-text", FindingSeverity.Low, "holds a long encoded text", EncodedText()),
    ];

    [GeneratedRegex(
        @"\b(?:ignore|disregard|forget|override|bypass)\b(?:\s+(?:all|any|the|your|my|of|every|everything|these|those)){0,3}\s+(?:previous|prior|above|earlier|preceding|existing|former|original|other|system|safety|security|developer)\s+(?:(?:system|safety|security|user)\s+)?(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|messages?|polic(?:y|ies)|restrictions?|constraints?)\b|\b(?:your|these are your|follow these)\s+new\s+instructions\b|\bnew\s+(?:system\s+)?instructions?\s*:",
        Options)]
    private static partial Regex IgnoreInstructions();

    [GeneratedRegex(
        @"\b(?:do\s+not|don'?t|don’t|never|must\s+not|mustn'?t|should\s+not|shouldn'?t|avoid|without|refrain\s+from)\s+(?:ever\s+|even\s+|also\s+){0,2}(?:(?:tell(?:ing)?|inform(?:ing)?)\s+(?:the\s+|your\s+|any\s+){0,2}(?:end\s+)?(?:users?|humans?|operators?|owner|customer|anyone|anybody)\b|let(?:ting)?\s+(?:the\s+)?(?:users?|humans?|operators?|anyone)\s+(?:know|notice)\b)|\b(?:hide|conceal|keep)\s+(?:this|it|that|these)(?:\s+(?:action|instruction|step|note|fact|information|secret|hidden)s?){0,2}\s+from\s+(?:the\s+)?(?:end\s+)?(?:users?|humans?|operators?|anyone)\b",
        Options)]
    private static partial Regex Conceal();

    [GeneratedRegex(
        @"\b(?:do\s+not|don'?t|don’t|never|must\s+not)\s+(?:mention|reveal|disclose)\b[^.!?\n]{0,60}\bto\s+(?:the\s+)?(?:end\s+)?(?:users?|humans?|operators?|anyone)\b|\b(?:do\s+not|don'?t|don’t|never|without)\s+(?:notify|notifying|alert(?:ing)?)\s+(?:the|your)\s+(?:user|human|operator)\b",
        Options)]
    private static partial Regex ConcealMildly();

    [GeneratedRegex(
        @"\b(?:secretly|covertly|surreptitiously)\s+(?:\w+\s+){0,2}(?:send|forward|upload|copy|read|call|include|add|run|execute|collect|record)|\bsilently\s+(?:send|forward|upload|exfiltrate|transmit)\b|\bwithout\s+the\s+(?:user|human|operator|owner)(?:'s|’s)?\s+(?:knowledge|knowing|noticing|consent|awareness|being\s+aware)\b",
        Options)]
    private static partial Regex CovertAction();

    [GeneratedRegex(
        @"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[/?INST\]|<</?SYS>>|</system>|</?system[_-](?:prompt|reminder)>",
        Options)]
    private static partial Regex RoleMarker();

    [GeneratedRegex(
        @"<(?:important|critical|mandatory)>|<(secret|hidden|instructions?)>[\s\S]{1,2000}?</\1>",
        Options)]
    private static partial Regex EmphasisTag();

    [GeneratedRegex(
        @"<!--[\s\S]{20,2000}?-->",
        Options)]
    private static partial Regex HtmlComment();

    [GeneratedRegex(
        @"\b(?:read|open|cat|load|fetch|access|include|send|pass|provide|copy|upload|get|retrieve|attach|paste)\b[^.!?\n]{0,80}?(?:~/\.ssh|\.ssh/|\bid_rsa\b|\bid_ed25519\b|\.aws/credentials|/etc/shadow|/etc/passwd|\.cursor/mcp\.json|\bmcp\.json\b|\bclaude_desktop_config\.json\b|\.npmrc\b|\.netrc\b|\.kube/config|(?<![\w])\.env\b(?!\s*(?:variables|\.example)))",
        Options)]
    private static partial Regex ReadSecretFile();

    [GeneratedRegex(
        @"\be\.g\.|\bfor example\b|\bsuch as\b|\bdefaults?\s+to\b|\b(?:do\s+not|don'?t|never|cannot|can'?t|won'?t|not|blocks?|refuses?|prevents?|except|exclud\w+)\b",
        Options)]
    private static partial Regex ReadSecretFileHarmless();

    [GeneratedRegex(
        @"~/\.ssh|\.ssh/|\bid_rsa\b|\bid_ed25519\b|\.aws/credentials|/etc/shadow|/etc/passwd|\.cursor/mcp\.json|\bclaude_desktop_config\.json\b|\.npmrc\b|\.netrc\b|\.kube/config",
        Options)]
    private static partial Regex SecretFile();

    [GeneratedRegex(
        @"\b(?:include|pass|send|provide|put|append|attach|copy|paste|forward|insert|place|write|repeat)\b[^.!?\n]{0,60}?\b(?:your|the|this|entire|full|whole|complete|all)\s+(?:(?:current|entire|full|whole|complete|previous|prior)\s+){0,2}(?:system\s+prompt|chat\s+history|conversation(?:\s+history)?|conversation\s+so\s+far|previous\s+messages|context\s+window|api\s+keys?|environment\s+variables)\b[^.!?\n]{0,60}?\b(?:parameter|argument|field|to\s+https?:|in\s+the\s+(?:url|request|header|body))",
        Options)]
    private static partial Regex CollectsContext();

    [GeneratedRegex(
        @"\b(?:conversation|message|channel|thread)\s*_?ids?\b|\bto\s+the\s+conversation\b",
        Options)]
    private static partial Regex CollectsContextHarmless();

    [GeneratedRegex(
        @"\b(?:before|after|when(?:ever)?|every\s+time|each\s+time|instead\s+of)\s+(?:you\s+)?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|run(?:ning)?|execut(?:e|ing))\s+(?:any|all|every|each)\s+(?:other\s+)?tools?\b|\b(?:do\s+not|don'?t|never)\s+(?:use|call|invoke|trust)\s+(?:any\s+|the\s+|all\s+){0,2}other\s+(?:tools?|servers?|mcp)|\b(?:all|any|every)\s+other\s+(?:mcp\s+)?(?:tools?|servers?)\s+(?:must|should|are|have)\b|\b(?:tools?|servers?)\s+from\s+other\s+(?:mcp\s+)?servers?\b",
        Options)]
    private static partial Regex OtherTools();

    [GeneratedRegex(
        @"(?<![A-Za-z0-9+/=])(?=[A-Za-z+/]*[0-9])(?=[0-9a-z+/]*[A-Z])[A-Za-z0-9+/]{240,}={0,2}(?![A-Za-z0-9+/])",
        RegexOptions.CultureInvariant)]
    private static partial Regex EncodedText();
}
