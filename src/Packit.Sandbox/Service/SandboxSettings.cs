using System.Globalization;

namespace Packit.Sandbox.Service;

/// <summary>The configuration that points the service at a world: nothing but what an operator could write.</summary>
public static class SandboxSettings
{
    /// <summary>The settings; secrets are put into files of the service's folder.</summary>
    /// <param name="world">The world that the service is pointed at.</param>
    /// <param name="options">Where the service keeps its state, and what is set besides.</param>
    /// <param name="address">Root of its dashboard.</param>
    public static IReadOnlyDictionary<string, string?> Of(World world, SandboxServiceOptions options, Uri address)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(address);
        var settings = new Dictionary<string, string?>
        {
            ["Service:DashboardUrl"] = address.AbsoluteUri.TrimEnd('/'),
            ["Service:WorkFolder"] = Path.Combine(options.Folder, "work"),
            ["GitHub:ApiUrl"] = world.GitHubApi.AbsoluteUri,
            ["GitHub:WebUrl"] = world.GitHubWeb.AbsoluteUri,
            ["GitHub:AppId"] = world.AppId.ToString(CultureInfo.InvariantCulture),
            ["GitHub:AppSlug"] = world.AppSlug,
            ["GitHub:PrivateKeyFile"] = Secret(options, "github-app.pem", world.AppPrivateKeyPem),
            ["GitHub:WebhookSecretFiles:0"] = Secret(options, "webhook-secret", world.WebhookSecret),
            ["Installing:NotificationsRepository"] = "",
            ["DistGit:Url"] = world.DistGit.AbsoluteUri,
            ["DistGit:PushUrl"] = world.DistGit.AbsoluteUri,
            ["DistGit:User"] = world.ServiceUser,
            ["DistGit:TokenFile"] = Secret(options, "dist-git-token", world.PagureToken),
            ["Lookaside:UploadUrl"] = world.LookasideUpload.AbsoluteUri,
            ["Lookaside:DownloadUrl"] = world.LookasideDownload.AbsoluteUri,
            ["Lookaside:Login"] = "None",
            ["Koji:HubUrl"] = world.KojiHub.AbsoluteUri,
            ["Koji:WebUrl"] = world.KojiWeb.AbsoluteUri,
            ["Koji:FilesUrl"] = world.KojiFiles.AbsoluteUri,
            ["Koji:Login"] = "Password",
            ["Koji:User"] = world.ServiceUser,
            ["Koji:PasswordFile"] = Secret(options, "koji-password", world.Koji.Password),
            ["Bodhi:Url"] = world.BodhiApi.AbsoluteUri,
            ["Bodhi:Issuer"] = world.OpenIdIssuer.AbsoluteUri,
            ["Fasjson:Url"] = world.FasjsonApi.AbsoluteUri,
            ["Fasjson:Login"] = "None",
            ["Bugzilla:Url"] = world.BugzillaApi.AbsoluteUri,
            ["Archives:AllowLoopback"] = "true",
            ["Database:Provider"] = options.Provider,
            ["Database:ConnectionString"] = options.ConnectionString ?? $"Data Source={Path.Combine(options.Folder, "packit.db")}",
        };
        foreach (var (key, value) in options.Settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static string Secret(SandboxServiceOptions options, string name, string value)
    {
        var folder = Path.Combine(options.Folder, "secrets");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, value);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
