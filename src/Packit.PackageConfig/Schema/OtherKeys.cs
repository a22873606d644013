namespace Packit.PackageConfig.Schema;

/// <summary>Keys that only Copr, tests, images, source packages and source-git use. They are checked, kept and otherwise left alone.</summary>
internal static class OtherKeys
{
    public static void AddTo(List<ConfigKey> table)
    {
        Texts("srpm_build_deps", "Packages installed before the source package is made.");
        Texts("patch_generation_ignore_paths", "Source-git: paths that patches leave out.");
        Add("patch_generation_patch_id_digits", new IntegerShape(minimum: 0), "Source-git: digits of patch numbers.");
        Flag("update_release", "Source packages: change the release.");
        Text("release_suffix", "Source packages: suffix of the release.");
        Text("version_suffix", "Source packages: suffix of the version.");
        Flag("preserve_spec", "Source packages: leave the spec as it is.");
        Add("dist_git_url", new UnreadShape("It follows from `dist_git_base_url`, `dist_git_namespace` and `downstream_package_name`; remove it."), "Not read; the URL follows from `dist_git_base_url`, `dist_git_namespace` and `downstream_package_name`.");
        Flag("merge_pr_in_ci", "Merge pull requests with their target before building.");
        Add("test_command", new FreeMapShape(), "Defaults of the test command in comments.");
        Flag("sync_test_job_statuses_with_builds", "Show the states of builds in the statuses of tests.");

        Add("targets", new TargetsShape(), "Chroots or composes to build and test on.", isMetadata: true);
        Add("timeout", new IntegerShape(), "Seconds a build may take.", isMetadata: true);
        Text("owner", "Owner of the Copr project.", isMetadata: true);
        Text("project", "Name of the Copr project.", isMetadata: true);
        Flag("list_on_homepage", "List the Copr project on the front page.", isMetadata: true);
        Flag("preserve_project", "Keep the Copr project.", isMetadata: true);
        Flag("use_internal_tf", "Use the internal instance of the testing farm.", isMetadata: true);
        Texts("additional_packages", "Further packages in the build root.", isMetadata: true);
        Texts("additional_repos", "Further repositories of the build root.", isMetadata: true);
        Add("bootstrap", new FreeShape(), "Bootstrap mode of mock.", isMetadata: true);
        Text("fmf_url", "Repository of the tests.", isMetadata: true);
        Text("fmf_ref", "Commit of the tests.", isMetadata: true);
        Text("fmf_path", "Directory of the tests.", isMetadata: true);
        Flag("use_target_repo_for_fmf_url", "Take tests from the target repository of a pull request.");
        Add("env", new FreeMapShape(), "Environment of the tests.", isMetadata: true);
        Flag("enable_net", "Network in builds.", isMetadata: true);
        Text("tmt_plan", "Regular expression of test plans.", isMetadata: true);
        Text("tf_post_install_script", "Script that runs after a test machine is installed.", isMetadata: true);
        Add("tf_extra_params", new FreeMapShape(), "Extra parameters of testing farm requests.", isMetadata: true);
        Flag("module_hotfixes", "Module hotfixes of the Copr project.", isMetadata: true);
        Flag("skip_missing_branched_composes", "Do not test on composes that do not exist yet.");
        Text("image_distribution", "Distribution of an image.", isMetadata: true);
        Add("image_request", new FreeMapShape(), "Image builder request.", isMetadata: true);
        Add("image_customizations", new FreeMapShape(), "Image builder customisations.", isMetadata: true);
        Text("copr_chroot", "Chroot whose build an image is made of.", isMetadata: true);
        Flag("osh_diff_scan_after_copr_build", "Scan with OpenScanHub after builds.");
        Text("csmock_args", "Arguments of the scan.");
        Add("osh_options", new FreeMapShape(), "Options of the scan.");

        void Flag(string name, string description, bool isMetadata = false) => Add(name, new BoolShape(), description, isMetadata);
        void Text(string name, string description, bool isMetadata = false) => Add(name, TextShape.Plain, description, isMetadata);
        void Texts(string name, string description, bool isMetadata = false) => Add(name, new ListShape<string>(TextShape.Plain), description, isMetadata);
        void Add(string name, ValueShape shape, string description, bool isMetadata = false) =>
            table.Add(new ConfigKey<ConfigValue>(table.Count, name, shape, description, null) { IsOther = true, IsMetadata = isMetadata });
    }
}
